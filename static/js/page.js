// Counts down to what the page says in words, and plays a film in place, from its own site, once somebody presses play.
// The page is whole without it.
(() => {
  "use strict";
  const digits = new Intl.NumberFormat(document.documentElement.lang, { useGrouping: false });
  const two = new Intl.NumberFormat(document.documentElement.lang, { minimumIntegerDigits: 2 });
  for (const box of document.querySelectorAll("[data-until]")) {
    const until = Number(box.dataset.until), parts = {};
    for (const b of box.querySelectorAll("[data-part]")) parts[b.dataset.part] = b;
    let timer;
    const show = () => {
      const left = Math.floor((until - Date.now()) / 1000);
      if (left < 0) {
        clearInterval(timer);
        const after = box.querySelector(".lp-count__after");
        if (!after) { box.hidden = true; return; }
        for (const e of box.firstElementChild.children) e.hidden = e !== after;
        return;
      }
      const values = { days: digits.format(Math.floor(left / 86400)), hours: two.format(Math.floor(left / 3600) % 24), minutes: two.format(Math.floor(left / 60) % 60), seconds: two.format(left % 60) };
      for (const name in values) if (parts[name].textContent !== values[name]) parts[name].textContent = values[name];
    };
    timer = setInterval(show, 1000);
    show();
  }
  for (const film of document.querySelectorAll("[data-embed]")) {
    const link = film.querySelector("a");
    link.addEventListener("click", (e) => {
      if (e.ctrlKey || e.metaKey || e.shiftKey) return;
      e.preventDefault();
      const frame = document.createElement("iframe");
      frame.src = film.dataset.embed;
      frame.title = film.dataset.title;
      frame.allow = "autoplay; fullscreen; picture-in-picture; encrypted-media";
      link.replaceWith(frame);
      frame.focus();
    });
  }
})();

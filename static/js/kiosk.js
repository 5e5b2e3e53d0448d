// A booth, one visitor after the other. The form is sent in the background and its answer put in place, so that no page is
// ever left for one that may not load; what was typed is on the screen and nowhere else, and goes when its visitor does.
(() => {
  "use strict";
  const main = () => document.querySelector("main");
  const say = (name) => document.querySelector(`[data-say="${name}"]`).content.firstElementChild.cloneNode(true);
  const home = main().dataset.start || location.pathname + location.search;
  const number = new Intl.NumberFormat(document.documentElement.lang);
  const warnFor = 15;
  let used = false, busy = false, quiet, clock, again;

  const ask = async (url, options) => {
    const answer = await fetch(url, { cache: "no-store", signal: AbortSignal.timeout(15000), ...options });
    if (answer.status === 404 || answer.status === 410) location.reload(); // it has ended, and its page says so
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.querySelector("main[data-kiosk]")) throw new Error(answer.status);
    return page;
  };
  const put = (page) => {
    main().replaceWith(page.querySelector("main"));
    document.title = page.title;
    scrollTo(0, 0);
    document.dispatchEvent(new Event("shown"));
    main().querySelector("[autofocus], h1[tabindex]")?.focus();
    begin();
  };
  // count shows a number going down, and acts at its end.
  const count = (place, from, then) => {
    clearInterval(clock);
    clock = setInterval(() => {
      if (--from > 0) place.textContent = number.format(from);
      else { clearInterval(clock); then(); }
    }, 1000);
  };
  const begin = () => {
    const back = main().dataset.back;
    stay();
    if (back) count(main().querySelector("[data-n]"), +back, restart);
  };
  // restart brings the start again. Without a connection nothing is left to be read, and it goes on by itself once there is.
  const restart = async () => {
    used = false;
    clearTimeout(again);
    document.querySelector("dialog")?.remove();
    try {
      put(await ask(home));
    } catch {
      const place = main();
      delete place.dataset.idle;
      delete place.dataset.back;
      place.className = "kiosk__main kiosk__main--done";
      place.replaceChildren(say("waiting"));
      again = setTimeout(restart, 3000);
    }
  };
  const stay = () => {
    clearTimeout(quiet);
    document.querySelector(".kiosk__idle")?.remove();
    const idle = main().dataset.idle;
    if (!idle) return;
    clearInterval(clock);
    if (used) quiet = setTimeout(warn, Math.max(idle - warnFor, 0) * 1000);
  };
  const warn = () => {
    const note = say("idle");
    (document.querySelector("dialog[open]") || main()).append(note);
    count(note.querySelector("[data-n]"), Math.min(warnFor, main().dataset.idle), restart);
  };
  // Whoever begins is a view and a form begun: the page itself is opened once a day, and seen by nobody in the night.
  const begun = () => navigator.sendBeacon("/t", new URLSearchParams({ p: location.pathname, u: location.search.slice(1, 500), v: 1, f: 1 }));
  for (const kind of ["input", "pointerdown", "keydown", "wheel"]) document.addEventListener(kind, (e) => {
    const first = !used && main().dataset.idle;
    if (kind === "input" || e.target.closest?.("form")) used = true;
    stay();
    if (first && used) begun();
  }, { passive: true });

  document.addEventListener("submit", async (e) => {
    const form = e.target;
    if (form.method !== "post") return;
    e.preventDefault();
    if (busy) return;
    busy = true;
    const body = new URLSearchParams(new FormData(form, e.submitter)); // while the button that was pressed is there
    form.querySelector("[data-lost]")?.remove();
    form.setAttribute("aria-busy", "true");
    try {
      const page = await ask(form.action, { method: "POST", body });
      if (form.isConnected) { used = true; put(page); }
    } catch {
      const lost = say("lost");
      lost.dataset.lost = "";
      form.querySelector("[name=_token]").before(lost);
      lost.focus();
    }
    form.removeAttribute("aria-busy");
    busy = false;
  });
  document.addEventListener("click", async (e) => {
    const link = e.target.closest("a");
    if (!link) return;
    e.preventDefault();
    if (link.hash && link.pathname === location.pathname) document.getElementById(link.hash.slice(1))?.focus();
    else if ("again" in link.dataset) restart();
    else if (link.pathname === "/privacy") {
      const notice = say("notice");
      try {
        const page = new DOMParser().parseFromString(await (await fetch(link.href)).text(), "text/html");
        page.querySelectorAll("main a").forEach((a) => a.removeAttribute("href"));
        notice.querySelector("[data-text]").append(...page.querySelector("main").childNodes);
      } catch { return; }
      notice.addEventListener("close", () => notice.remove());
      document.body.append(notice);
      notice.showModal();
    }
  });

  // A version published meanwhile, and a fresh token, come while nobody is there.
  setInterval(() => { if (!used && !main().dataset.back) restart(); }, 3600000);
  const full = document.querySelector("[data-full]");
  const size = () => { full.hidden = !document.fullscreenEnabled || !!document.fullscreenElement; };
  full.addEventListener("click", () => document.documentElement.requestFullscreen());
  document.addEventListener("fullscreenchange", size);
  const awake = () => { if (document.visibilityState === "visible") navigator.wakeLock?.request("screen").catch(() => {}); };
  document.addEventListener("visibilitychange", awake);
  awake();
  size();
  begin();
})();

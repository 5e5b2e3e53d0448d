// Counts a view of this page, the seconds it was visible, and whether its form was begun. It sends no
// name for the visitor, keeps nothing in the browser, and the page works without it. Who comes from a link in
// a mail, and agreed to that, brings the link's token; it is taken out of the address and told once the page
// was visible for two seconds. So is the token that tells who is not to be asked again.
(() => {
  "use strict";
  const page = location.pathname;
  const here = new URL(location), click = here.searchParams.get("sk");
  let since = 0, seconds = 0, started = false, k = click, timer;
  if (click || here.searchParams.has("l")) { here.searchParams.delete("sk"); here.searchParams.delete("l"); history.replaceState(history.state, "", here); }
  const send = (what) => {
    const data = new URLSearchParams({ p: page, u: location.search.slice(1, 500), r: document.referrer.slice(0, 300), ...what });
    try { navigator.sendBeacon("/t", data); } catch { /* a blocked beacon costs a count, nothing else */ }
  };
  const show = () => { if (!since && document.visibilityState === "visible") since = performance.now(); };
  const hide = () => {
    if (since) { seconds += (performance.now() - since) / 1000; since = 0; }
    const whole = Math.floor(seconds);
    if (whole > 0) {
      seconds -= whole;
      send(k && whole > 1 ? { s: whole, k } : { s: whole });
      if (whole > 1) { k = ""; clearInterval(timer); }
    }
  };
  if (click) timer = setInterval(() => { hide(); if (document.visibilityState === "visible") show(); }, 2200);
  const view = () => { show(); send({ v: 1 }); };
  if (document.prerendering) document.addEventListener("prerenderingchange", view, { once: true }); else view();
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" ? show() : hide());
  addEventListener("pagehide", hide);
  document.getElementById("get")?.addEventListener("input", () => { if (!started) { started = true; send({ f: 1 }); } });
})();

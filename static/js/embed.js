// Tells the site around the frame how high the form is, and nothing else.
(() => {
  const tell = () => parent.postMessage({ sarnakhHeight: Math.ceil(document.body.getBoundingClientRect().height) }, "*");
  new ResizeObserver(tell).observe(document.body);
  document.querySelector("[autofocus]")?.focus();
})();

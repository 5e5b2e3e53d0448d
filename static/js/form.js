// Shows a question only while its condition holds for what is answered above it, and of a list of cities only those of the
// chosen province. Without this script all are there, each with a line that says for whom; the server decides in any case.
(() => {
  const answers = (form, name) => [...form.elements].filter((e) => e.name === name && !e.disabled && (!/radio|checkbox/.test(e.type) || e.checked)).map((e) => e.value.trim()).filter(Boolean);
  const look = (form, speak) => {
    const news = [];
    for (const part of form.querySelectorAll("[data-if]")) {
      const [, name, not, values] = part.dataset.if.match(/^(\w+)(!?)=?(.*)$/);
      const given = answers(form, name);
      const show = (values ? given.some((v) => values.split(";").includes(v)) : given.length > 0) === !not;
      if (show && part.hidden) news.push(part.querySelector("label,legend").innerText);
      part.hidden = !show;
      for (const e of part.querySelectorAll("input,select,textarea")) e.disabled = !show;
      part.querySelector(".field__when")?.setAttribute("hidden", "");
    }
    for (const city of form.querySelectorAll("[data-of]")) {
      const province = form.elements[city.dataset.of].selectedOptions?.[0];
      for (const group of city.querySelectorAll("optgroup")) group.hidden = group.disabled = !!province?.value && group.label !== province.label;
      if (city.selectedOptions[0]?.parentElement.disabled) city.value = "";
    }
    if (speak && news.length) form.querySelector(".vh[role=status]").textContent = form.dataset.news + " " + news.join(", ");
  };
  const all = () => document.querySelectorAll("form[data-news]").forEach((f) => look(f));
  document.addEventListener("input", (e) => { if (e.target.form?.dataset.news) look(e.target.form, true); });
  document.addEventListener("shown", all);
  addEventListener("pageshow", all);
  all();
})();

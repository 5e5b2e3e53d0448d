// Leaving a page with something typed that is not saved is asked about first. What came back with a mistake is not saved either.
for (const form of document.querySelectorAll("form[data-guard]")) {
	const typed = () => JSON.stringify([...new FormData(form)].map(([name, value]) => [name, value.name ?? value]));
	const saved = form.querySelector("[aria-invalid=true]") ? "" : typed();
	let sent = false;
	form.addEventListener("submit", () => { sent = true; });
	addEventListener("pageshow", () => { sent = false; });
	addEventListener("beforeunload", (e) => { if (!sent && typed() !== saved) e.preventDefault(); });
}

// Buttons that copy what stands in a field or a list. Without this script they are hidden, and it can be selected.
for (const button of document.querySelectorAll("[data-copy]")) {
	const source = document.getElementById(button.dataset.copy);
	const said = button.querySelector("span") ?? button;
	const words = said.textContent;
	button.hidden = false;
	button.addEventListener("click", async () => {
		try {
			await navigator.clipboard.writeText(source.value ?? source.innerText);
		} catch { // not allowed, or not https
			getSelection().selectAllChildren(source);
			source.select?.();
			if (!document.execCommand("copy")) return;
		}
		said.textContent = button.dataset.done;
		setTimeout(() => { said.textContent = words; }, 2000);
	});
}
// And buttons that print the page.
for (const button of document.querySelectorAll("[data-print]")) {
	button.hidden = false;
	button.addEventListener("click", () => print());
}

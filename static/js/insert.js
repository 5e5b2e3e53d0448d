// Buttons above a text that put something into it where the cursor stands. Without this script the same is written
// by hand, from the list beside the text.
for (const bar of document.querySelectorAll(".inserts")) {
	const text = document.getElementById(bar.getAttribute("aria-controls"));
	bar.hidden = false;
	bar.addEventListener("click", (e) => {
		const what = e.target.closest("[data-insert]")?.dataset.insert;
		if (!what) return;
		text.focus();
		const chosen = text.value.slice(text.selectionStart, text.selectionEnd);
		// So typed, it can be undone as typing can.
		if (!document.execCommand("insertText", false, what.replace("…", chosen || "…"))) text.setRangeText(what, text.selectionStart, text.selectionEnd, "end");
	});
}

// Buttons above a text that put something into it where the cursor stands. Without this script the same is written by hand.
document.addEventListener("click", (e) => {
	const button = e.target.closest(".inserts [data-insert]");
	if (!button) return;
	const text = document.getElementById(button.closest(".inserts").getAttribute("aria-controls")), what = button.dataset.insert;
	text.focus();
	const chosen = text.value.slice(text.selectionStart, text.selectionEnd);
	// So typed, it can be undone as typing can.
	if (!document.execCommand("insertText", false, what.replace("…", chosen || "…"))) text.setRangeText(what, text.selectionStart, text.selectionEnd, "end");
});

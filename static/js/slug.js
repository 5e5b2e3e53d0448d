// Beside the field of a campaign's address: proposes one from the name until somebody types one, and says whether it is
// free. Without this script the same is found out when the form is sent.
for (const box of document.querySelectorAll("[data-slug]")) {
	const field = box.querySelector("input"), say = box.querySelector(".slug__say");
	const name = document.getElementById("f-name");
	let own = field.value !== "", timer = 0, asked = 0;

	// Answers may come in another order than they were asked for: only the last counts.
	const ask = async (query) => {
		const mine = ++asked;
		const url = `${box.dataset.slug}?${new URLSearchParams({ ...query, of: box.dataset.of })}`;
		const answer = await fetch(url, { headers: { Accept: "application/json" } }).then((r) => (r.ok ? r.json() : null)).catch(() => null);
		if (mine !== asked || !answer) return;
		if ("name" in query) field.value = answer.slug;
		say.textContent = answer.slug === "" ? "" : answer.ok ? box.dataset.free : answer.text;
		say.classList.toggle("slug__say--bad", !answer.ok && answer.slug !== "");
	};
	const soon = (query) => {
		clearTimeout(timer);
		timer = setTimeout(() => ask(query()), 250);
	};
	field.addEventListener("input", () => {
		own = field.value !== "";
		asked++;
		if (own) soon(() => ({ slug: field.value }));
		else say.textContent = "";
	});
	if (box.dataset.of === "") name.addEventListener("input", () => own || soon(() => ({ name: name.value })));
}

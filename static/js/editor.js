// The page editor with a script: what is typed is saved by itself, the frame shows it at once and keeps its place, and
// blocks can be dragged. All of it can also be done without this script, by the same forms and links.
(() => {
	"use strict";
	htmx.config.history = "reload";
	const pause = 600; // milliseconds after the last key
	const byId = (id) => document.getElementById(id);
	const form = () => byId("matter");
	const editor = () => byId("editor");
	const matter = () => {
		if (!form()) return "";
		const data = new FormData(form());
		data.delete("base");
		return new URLSearchParams(data).toString();
	};
	let saved = matter(), sent = "", asked = "", refused = "", timer = 0, busy = false, next = null, shownMark = "";
	const unsaved = () => matter() !== saved;

	// Saving.
	const say = (what, help) => {
		if (help) next = null; // what was pressed did not happen
		const said = byId("said");
		if (!said) return;
		said.textContent = what ? editor().dataset["say" + what] : "";
		said.classList.toggle("said--bad", Boolean(help));
		if (!help) return;
		if (what === "SignedOut") {
			const door = Object.assign(document.createElement("a"), { href: "/admin/login", target: "_blank", textContent: editor().dataset.saySignIn });
			said.append(" ", door);
		}
		const again = Object.assign(document.createElement("button"), { type: "button", className: "btn btn--quiet", textContent: editor().dataset.sayRetry });
		again.addEventListener("click", retry);
		said.append(" ", again);
	};
	const save = () => {
		clearTimeout(timer);
		if (!form() || busy || form().dataset.conflict || matter() === refused) return;
		if (!unsaved() && !form().querySelector("[aria-invalid=true]")) return; // typed back to what is saved, its mistake is no more
		sent = matter();
		busy = true;
		say("Saving");
		htmx.trigger(form(), "autosave");
	};
	const retry = () => {
		refused = "";
		save();
	};
	addEventListener("online", retry);
	const later = () => {
		clearTimeout(timer);
		timer = setTimeout(save, pause);
	};
	document.addEventListener("input", (e) => {
		const text = e.target.dataset.for && byId(e.target.dataset.for);
		if (text) text.value = e.target.value;
		if (e.target.closest("#matter")) {
			say("");
			later();
		}
	});
	document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save(); });
	addEventListener("beforeunload", (e) => { if (unsaved() && !leaving) e.preventDefault(); });

	// Whatever else is pressed while something is not saved yet waits until it is. What leads away with something that can't be
	// saved is up to whoever presses it: the browser asks.
	let leaving = false;
	const wait = (e, go) => {
		if (!unsaved() || form().dataset.conflict || matter() === refused && !e.target.closest("#editor")) return;
		e.preventDefault();
		e.stopImmediatePropagation();
		next = go;
		refused = "";
		save();
	};
	document.addEventListener("click", (e) => {
		const link = e.target.closest("#main a[href]");
		if (link && !link.getAttribute("href").startsWith("#") && !link.target && link.id !== "discard" && !e.ctrlKey && !e.metaKey && !e.shiftKey) wait(e, () => link.click());
	}, true);
	document.addEventListener("submit", (e) => {
		const { target, submitter } = e;
		if (target === form()) {
			clearTimeout(timer);
			leaving = submitter?.dataset.leaves !== undefined;
			if (leaving) e.stopImmediatePropagation(); // to another page, as a whole
		} else if (target.closest("#main")) {
			wait(e, () => target.requestSubmit(submitter));
		}
	}, true);

	// What htmx asks, and what it may do with the answer.
	const typing = (ctx) => ctx.sourceEvent?.type === "autosave";
	document.addEventListener("htmx:config:request", (e) => {
		const { ctx } = e.detail;
		asked = matter();
		if (typing(ctx)) ctx.request.body.set("auto", "1");
		else if (ctx.sourceElement === form()) sent = asked;
	});
	const signedOut = (response) => response.status === 401 || new URL(response.raw.url).pathname === "/admin/login";
	document.addEventListener("htmx:before:swap", (e) => {
		const { ctx } = e.detail, { response } = ctx, auto = typing(ctx);
		if (auto) busy = false;
		if (signedOut(response)) {
			e.preventDefault();
			refused = sent;
			say("SignedOut", true);
		} else if (![200, 409, 422].includes(response.status)) {
			e.preventDefault();
			refused = sent;
			say("Failed", true);
		} else if (matter() !== asked) { // typed on meanwhile: what is in the form is newer than the answer
			e.preventDefault();
			if (response.status === 200 && ctx.sourceElement === form()) {
				saved = sent;
				form().elements.base.value = /name="base" value="([^"]*)"/.exec(ctx.text)?.[1] ?? form().elements.base.value;
			}
			if (ctx.request.method === "GET") next = () => ctx.sourceElement.click();
			else renew();
			later();
		}
	});
	document.addEventListener("htmx:error", () => {
		busy = false;
		refused = sent;
		say("Failed", true);
	});
	document.addEventListener("htmx:after:swap", (e) => {
		const { ctx } = e.detail, { status } = ctx.response;
		if (!editor()) return;
		if (status === 200) {
			if (!typing(ctx)) form()?.reset(); // what stands in the answer is what there is
			saved = matter();
			refused = "";
		} else {
			refused = sent;
		}
		begin();
		if (shown() !== byId("look")?.dataset.src && frame()) frame().src = byId("look").dataset.src;
		else if (ctx.request.method !== "GET") renew();
		else mark();
		const go = next;
		next = null;
		if (go && status === 200) go();
	});

	// The frame. No script runs in it; this one writes the page anew where it is, so that it doesn't jump.
	const frame = () => byId("page-frame");
	const shown = () => frame()?.getAttribute("src").split("#")[0];
	const page = () => frame()?.contentDocument;
	const renew = async () => {
		if (!page()?.body) return;
		const answer = await fetch(shown()).catch(() => null);
		if (!answer?.ok || new URL(answer.url).pathname === "/admin/login") return;
		const Parser = frame().contentWindow.DOMParser; // its own: what a mail may have in line, we may not
		const fresh = new Parser().parseFromString(await answer.text(), "text/html"), doc = page();
		if (!doc?.body) return;
		const sheets = (d) => [...d.querySelectorAll("link[rel=stylesheet]:not(#mark)")].map((l) => l.getAttribute("href"));
		const now = sheets(fresh), old = sheets(doc);
		for (const href of now.filter((h) => !old.includes(h))) {
			const link = doc.head.appendChild(Object.assign(doc.createElement("link"), { rel: "stylesheet", href }));
			await new Promise((done) => { link.onload = link.onerror = done; });
		}
		for (const href of old.filter((h) => !now.includes(h))) doc.querySelector(`link[href="${CSS.escape(href)}"]`)?.remove();
		doc.body.replaceWith(doc.importNode(fresh.body, true));
		mark();
		document.dispatchEvent(new Event("renewed"));
	};
	// A page has a mark before each block, a mail a box around it.
	const marked = (doc, id) => {
		const at = doc.getElementById(id);
		return at?.matches(".lp-mark") ? at.nextElementSibling : at;
	};
	const mark = () => {
		const doc = page(), id = byId("look")?.dataset.mark;
		if (!doc?.body) return;
		doc.getElementById("mark")?.remove(); // which marks where there is no script
		for (const e of doc.querySelectorAll("[data-marked]")) {
			e.removeAttribute("data-marked");
			e.style.outline = "";
		}
		const part = id && marked(doc, id);
		if (!part) return;
		part.setAttribute("data-marked", "");
		part.style.outline = "3px solid #0b57d0";
		part.style.outlineOffset = part.id.startsWith("b-") ? "5px" : "-3px";
		if (id !== shownMark) doc.defaultView.scrollTo(0, part.getBoundingClientRect().top + doc.defaultView.scrollY - 12);
		shownMark = id;
	};
	// A press on the page chooses the block that was pressed; no link there leads anywhere.
	const choose = (e) => {
		e.preventDefault();
		let part = e.target.closest("#get, [id^='b-']")?.id;
		for (let at = e.target.closest("main > *"); !part && at; at = at.previousElementSibling) if (at.matches(".lp-mark")) part = at.id;
		if (part) document.querySelector(`#blocks [data-mark="${CSS.escape(part)}"] a`)?.click();
	};
	const watch = () => {
		shownMark = "";
		mark();
		page()?.addEventListener("click", choose);
	};

	// Dragging by the grip.
	const drag = () => {
		const list = byId("blocks");
		if (!list || Sortable.get(list)) return;
		Sortable.create(list, {
			handle: ".part__grip", forceFallback: true, animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 150,
			onEnd: ({ item, oldIndex, newIndex }) => {
				if (oldIndex === newIndex) return;
				const move = Object.assign(document.createElement("form"), { method: "post", action: item.dataset.act, hidden: true });
				for (const [name, value] of [["do", "move"], ["to", newIndex], ["width", new URLSearchParams(location.search).get("width") ?? ""]]) {
					move.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
				}
				editor().append(move);
				htmx.process(move);
				move.requestSubmit();
			},
		});
	};

	// Keys.
	document.addEventListener("keydown", (e) => {
		const key = e.key.toLowerCase();
		if (!(e.ctrlKey || e.metaKey) || e.altKey || !["z", "y"].includes(key) || e.target.closest("input:not([type=checkbox], [type=radio]), textarea, select")) return;
		const button = byId(key === "y" || e.shiftKey ? "step-redo" : "step-undo")?.querySelector("button");
		if (!button) return;
		e.preventDefault();
		button.click();
	});

	const begin = () => {
		drag();
		if (frame() && !frame().dataset.watched) {
			frame().dataset.watched = "true";
			frame().addEventListener("load", watch);
			if (page()?.readyState === "complete") watch();
		}
		if (form()?.dataset.pending) {
			saved = "";
			save();
		}
	};
	document.addEventListener("htmx:after:process", begin, { once: true }); // before that, nobody hears the form's autosave
})();

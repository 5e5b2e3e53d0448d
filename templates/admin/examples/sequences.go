package examples

import (
	"time"

	"sarnakh/templates/admin"
	"sarnakh/templates/layout"
	"sarnakh/templates/ui"
)

func (s set) sequences() []Example {
	draft := s.sequence()
	draft.State, draft.Changes, draft.Standing, draft.Next, draft.Gone = "draft", 0, nil, nil, nil
	paused := s.sequence()
	paused.State, paused.Reason = "paused", s.say("کتاب تازه می‌شود", "The book is being revised")
	unsaid := s.sequence()
	unsaid.PauseError = s.loc.T("invalid.required", "label", s.loc.T("sequence.reason"))
	wrong := s.stepEdit()
	wrong.Editor.Form.Problems = []ui.Problem{{Target: "f-cond-1", Text: s.loc.T("sequence_check.bad_condition")}}
	wrong.Editor.Form.Time.Problems = wrong.Editor.Form.Problems
	conflict := s.stepEdit()
	conflict.Editor.Form.Conflict = true
	conflict.Editor.Form.Theirs = []admin.Fact{{Label: s.loc.T("sequence.time_heading"), Text: s.loc.T("sequence.at.once")}}
	gone := s.stepEdit()
	gone.Gone, gone.Editor.Form.Conflict, gone.Editor.Form.Gone = true, true, true
	edit := s.sequenceEdit()
	edited := edit
	edited.Problems = []ui.Problem{{Target: "f-name", Text: s.loc.T("invalid.required", "label", s.loc.T("sequence.name"))}}
	edited.Theirs = []admin.Fact{{Label: s.loc.T("sequence.name"), Text: s.say("پس از کتاب", "After the book")}}
	empty := edit
	empty.Steps, empty.Changes = nil, nil
	erase := admin.EraseProps{Shell: s.leadShell(), Action: "/admin/leads/1x/erase", BackURL: "/admin/leads/1x", Confirm: "nora@example.com"}
	typed := erase
	typed.Typed, typed.Error = "nora", s.loc.T("erase.mismatch", "what", "nora@example.com")
	return []Example{
		{"sequences", admin.Sequences(s.sequenceList())},
		{"sequences-empty", admin.Sequences(admin.SequencesProps{Shell: s.shell(layout.RoomSequences), NewURL: "/admin/sequences/new"})},
		{"sequence-new", admin.SequenceNew(s.sequenceNew())},
		{"sequence-new-found", admin.SequenceNew(s.sequenceFound())},
		{"sequence", admin.Sequence(s.sequence())},
		{"sequence-draft", admin.Sequence(draft)},
		{"sequence-paused", admin.Sequence(paused)},
		{"sequence-unsaid", admin.Sequence(unsaid)},
		{"sequence-leads", admin.SequenceLeads(s.enrolled())},
		{"sequence-edit", admin.SequenceEdit(edit)},
		{"sequence-edit-wrong", admin.SequenceEdit(edited)},
		{"sequence-edit-empty", admin.SequenceEdit(empty)},
		{"step", admin.SequenceStepEdit(s.stepEdit())},
		{"step-wrong", admin.SequenceStepEdit(wrong)},
		{"step-conflict", admin.SequenceStepEdit(conflict)},
		{"step-gone", admin.SequenceStepEdit(gone)},
		{"publish", admin.SequencePublish(s.publish(nil))},
		{"publish-not", admin.SequencePublish(s.publish([]admin.StepProblem{{Text: s.loc.T("sequence_check.no_body"), URL: "/admin/sequences/1x/steps/a"}}))},
		{"preview", admin.SequencePreview(s.preview("html"))},
		{"preview-phone", admin.SequencePreview(s.preview("phone"))},
		{"preview-text", admin.SequencePreview(s.preview("text"))},
		{"erase", admin.Erase(erase)},
		{"erase-wrong", admin.Erase(typed)},
	}
}

func (s set) sequenceShell(crumbs ...layout.Crumb) layout.AdminShell {
	shell := s.shell(layout.RoomSequences, append([]layout.Crumb{{Text: s.loc.T("admin.nav.sequences"), URL: "/admin/sequences"}}, crumbs...)...)
	shell.Notices = []layout.Notice{layout.SpeedNotice(s.loc, 1440), layout.PausedNotice(s.loc, s.say("پشتیبان بازگردانده شد.", "A backup was restored."), "/admin/mail/resume")}
	return shell
}

func (s set) afterBook() string { return s.say("پس از کتاب", "After the book") }

func (s set) sequenceList() admin.SequencesProps {
	return admin.SequencesProps{Shell: s.shell(layout.RoomSequences), NewURL: "/admin/sequences/new", Next: "/admin/sequences?before=1x", Rows: []admin.SequenceRow{
		{URL: "/admin/sequences/1x", Name: s.afterBook(), Campaign: s.say("۲۷ پیام پیگیری", "27 follow-ups"), State: "live", Steps: 4, Active: 1284, Waiting: 31, NextAt: s.now.Add(3 * time.Hour)},
		{URL: "/admin/sequences/1y", Name: s.say("آزمایش رایگان", "Trial"), Campaign: s.say("آزمایش ۱۴ روزه", "14-day trial"), State: "paused", Steps: 3, Active: 12, NextAt: s.ago(time.Hour)},
		{URL: "/admin/sequences/1z", Name: s.say("تازه", "New one"), Campaign: s.say("وبینار", "Webinar"), State: "draft", Steps: 1},
	}}
}

func (s set) sequenceNew() admin.SequenceNewProps {
	return admin.SequenceNewProps{Shell: s.sequenceShell(), Action: "/admin/sequences/new", Campaigns: []ui.Option{{Value: "1x", Label: s.say("۲۷ پیام پیگیری", "27 follow-ups")}},
		Problems: []ui.Problem{{Target: "f-campaign", Text: s.loc.T("invalid.required_choice", "label", s.loc.T("sequence.campaign"))}}}
}

func (s set) sequenceFound() admin.SequenceNewProps {
	return admin.SequenceNewProps{Shell: s.sequenceShell(), Action: "/admin/sequences/new", Name: s.afterBook(), Query: s.say("پیام", "follow"), Found: 1, Campaign: "1x",
		Campaigns: []ui.Option{{Value: "1x", Label: s.say("۲۷ پیام پیگیری", "27 follow-ups")}}}
}

func (s set) sequence() admin.SequenceProps {
	url := "/admin/sequences/1x"
	return admin.SequenceProps{
		Shell: s.sequenceShell(), Name: s.afterBook(), State: "live", Changes: 2,
		Standing: []admin.SequenceStanding{
			{State: "active", N: 1284, URL: url + "/leads?state=active"}, {State: "waiting", N: 31, URL: url + "/leads?state=waiting"},
			{State: "done", N: 412, URL: url + "/leads?state=done"}, {State: "stopped", N: 96, URL: url + "/leads?state=stopped"},
		},
		Steps: []admin.SequenceStep{
			{Number: 1, Subject: s.say("از کجا شروع کنیم", "Where to begin"), URL: url + "/steps/a", When: []string{s.loc.T("sequence.at.after_first", "span", 2*day)},
				Tally: admin.StepTally{Queued: 12, Sent: 1640, Failed: 3, Expired: 1, Suppressed: 8, Unknown: 1, Clicked: 402, Unsubscribed: 9, Hot: 31},
				Here:  140, HereURL: url + "/leads?state=active&step=a", NextAt: s.now.Add(20 * time.Minute)},
			{Number: 2, Subject: s.say("سه نکته برای تماس نخست", "Three hints for the first call"), URL: url + "/steps/b",
				When:   []string{s.loc.T("sequence.at.after", "span", 3*day), s.say("شنبه تا چهارشنبه", "Sat–Wed"), s.say("۰۸:۰۰ تا ۲۰:۰۰", "08:00–20:00")},
				OnlyIf: s.loc.T("sequence.only_if", "what", s.loc.T("sequence.if.clicked", "step", s.say("از کجا شروع کنیم", "Where to begin"))),
				Tally:  admin.StepTally{Sent: 14, Clicked: 2, Skipped: []admin.Skip{{Why: s.loc.T("sequence.on.clicked"), N: 988}}}},
		},
		Gone: []admin.SequenceStep{{Subject: s.loc.T("sequence.a_gone_step"), Tally: admin.StepTally{Sent: 55}}},
		Next: []admin.NextMail{
			{Name: s.say("نرگس مهرآیین", "Nora Hale"), Email: "nora@example.com", LeadURL: "/admin/leads/1x", Step: s.say("از کجا شروع کنیم", "Where to begin"), At: s.ago(time.Minute)},
			{Email: "info@example.com", LeadURL: "/admin/leads/1y", Step: s.say("سه نکته برای تماس نخست", "Three hints for the first call"), At: s.now.Add(20 * time.Hour)},
		},
		Facts:   []admin.Fact{{Label: s.loc.T("sequence.campaign"), Text: s.say("۲۷ پیام پیگیری", "27 follow-ups")}, {Label: s.loc.T("sequence.goal"), Text: s.loc.T("sequence.no_goal")}},
		EditURL: url + "/edit", PublishURL: url + "/publish", PauseURL: url + "/pause", ResumeURL: url + "/resume",
	}
}

func (s set) enrolled() admin.SequenceLeadsProps {
	at := "/admin/sequences/1x/leads"
	return admin.SequenceLeadsProps{
		Shell: s.sequenceShell(layout.Crumb{Text: s.afterBook(), URL: "/admin/sequences/1x"}), Step: s.say("از کجا شروع کنیم", "Where to begin"), AllURL: at, Next: at + "?after=1x",
		Tabs: []ui.Tab{{Text: s.loc.T("common.all"), URL: at}, {Text: s.loc.T("enrolment.active"), URL: at + "?state=active", Current: true}},
		Rows: []admin.EnrolledRow{
			{Name: s.say("نرگس مهرآیین", "Nora Hale"), Email: "nora@example.com", URL: "/admin/leads/1x", State: "active", Step: s.say("از کجا شروع کنیم", "Where to begin"), NextAt: s.now.Add(time.Hour)},
			{Email: "info@example.com", URL: "/admin/leads/1y", State: "waiting", Since: s.ago(time.Hour)},
			{Name: s.say("آرش کیانی", "Arash Kiani"), Email: "arash@example.com", URL: "/admin/leads/1z", State: "stopped", Reason: "unsubscribed", EndedAt: s.ago(30 * day)},
		},
	}
}

func (s set) choices() admin.ConditionChoices {
	return admin.ConditionChoices{
		What:  []ui.Option{{Value: "stage", Label: s.loc.T("sequence.on.stage"), Group: s.loc.T("sequence.group.lead")}, {Value: "clicked:a", Label: s.say("از کجا شروع کنیم", "Where to begin"), Group: s.loc.T("sequence.group.clicked")}},
		Op:    []ui.Option{{Value: "is", Label: s.loc.T("sequence.op.is")}, {Value: "at_least", Label: s.loc.T("sequence.op.at_least")}},
		Value: []ui.Option{{Value: "mql", Label: s.loc.T("stage.mql"), Group: s.loc.T("sequence.on.stage")}},
	}
}

func (s set) sequenceEdit() admin.SequenceEditProps {
	url := "/admin/sequences/1x"
	step := func(n int, key, subject string) admin.EditStep {
		at := url + "/steps/" + key
		return admin.EditStep{Number: n, Subject: subject, When: []string{s.loc.T("sequence.at.after", "span", 3*day)}, URL: at, CopyURL: at + "/copy", DeleteURL: at + "/delete", PreviewURL: at + "/preview"}
	}
	first, last := step(1, "a", s.say("از کجا شروع کنیم", "Where to begin")), step(2, "b", "")
	first.DownURL, last.UpURL, last.Problem = url+"/steps/a/down", url+"/steps/b/up", s.loc.T("sequence_check.no_subject")
	return admin.SequenceEditProps{
		Shell: s.sequenceShell(layout.Crumb{Text: s.afterBook(), URL: url}), Here: url + "/edit", Undo: &admin.DraftStep{URL: url + "/undo", What: s.loc.T("draft_step_of.holds"), Rev: 2}, Steps: []admin.EditStep{first, last}, AddURL: url + "/steps", Publish: url + "/publish",
		Changes: []string{s.loc.T("sequence.change.order"), s.loc.T("sequence.change.keep_hot.on")},
		Form: admin.SequenceForm{Action: url + "/edit", Base: "abc", Name: s.afterBook(), QuietFrom: "21:00", QuietTo: "08:00", Choices: s.choices(),
			Goal: []admin.ConditionRow{{What: "stage", Op: "at_least", Value: "mql"}, {}}},
	}
}

func (s set) stepEdit() admin.StepProps {
	at := "/admin/sequences/1x/steps/b"
	tab := func(key, query string, current bool) ui.Tab {
		return ui.Tab{Text: s.loc.T(key), URL: at + query, Current: current}
	}
	p := admin.StepProps{
		Shell: s.sequenceShell(layout.Crumb{Text: s.afterBook(), URL: "/admin/sequences/1x"}), Number: 2, PreviewURL: at + "/preview", TestURL: at + "/test", DeleteURL: at + "/delete",
		TestTo: "mina@example.com", Editor: s.blocks(at, "time", tab, nil),
		Kinds: []admin.Insert{{Group: "field", Text: "{{first_name}}", Label: s.loc.T("sequence.field.first_name")}, {Group: "mark", Text: "**…**", Label: s.loc.T("page_editor.mark.strong")}},
	}
	p.Editor.Subject, p.Editor.Inbox = s.say("سه نکته", "Three hints"), s.say("پیش از تماس نخست", "Before the first call")
	p.Editor.Form.Time = &admin.StepTime{Number: 2, Delay: "3", Unit: "days", Days: []string{"6", "0"}, From: "08:00", To: "20:00",
		Conditions: []admin.ConditionRow{{What: "clicked:a", Op: "known"}, {}}, Choices: s.choices()}
	return p
}

func (s set) publish(problems []admin.StepProblem) admin.PublishProps {
	p := admin.PublishProps{Shell: s.sequenceShell(layout.Crumb{Text: s.afterBook(), URL: "/admin/sequences/1x"}), Action: "/admin/sequences/1x/publish", Base: "abc", BackURL: "/admin/sequences/1x/edit",
		InForce: true, People: 12, Changes: s.sequenceEdit().Changes, Problems: problems, Changed: problems != nil}
	return p
}

func (s set) preview(view string) admin.PreviewProps {
	at := "/admin/sequences/1x/steps/b"
	p := admin.PreviewProps{
		Shell: s.sequenceShell(layout.Crumb{Text: s.afterBook(), URL: "/admin/sequences/1x"}), Subject: s.say("سه نکته", "Three hints"), Inbox: s.say("برای تماس نخست", "For the first call"),
		To: s.say("نرگس مهرآیین", "Nora Hale"), Phone: view == "phone", Lead: "1x", Query: "nora", SampleURL: at + "/preview", Action: at + "/preview", View: view, EditURL: at, TestURL: at + "/test", TestTo: "mina@example.com",
		Found: []admin.Found{{Name: s.say("نرگس مهرآیین", "Nora Hale"), Email: "nora@example.com", URL: at + "/preview?lead=1x"}},
	}
	for _, v := range [...]string{"html", "phone", "text"} {
		p.Views = append(p.Views, ui.Tab{Text: s.loc.T("sequence.view." + v), URL: at + "/preview?as=" + v, Current: v == view})
	}
	if view == "text" {
		p.Text = "Three hints"
	} else {
		p.FrameURL = at + "/preview/html"
	}
	return p
}

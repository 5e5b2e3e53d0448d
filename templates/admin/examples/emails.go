package examples

import (
	"sarnakh/templates/admin"
	"sarnakh/templates/layout"
	"sarnakh/templates/ui"
)

func (s set) emails() []Example {
	checked := s.campaignEmails()
	checked.Links = &admin.LinksChecked{N: 30, Left: 2, Bad: []admin.BadLink{{Link: "https://example.com/gone", Said: s.loc.T("campaign_emails.link.gone", "status", s.loc.Int(404)),
		Places: []admin.LinkPlace{{Name: s.say("سه نکته", "Three hints"), URL: "/admin/sequences/1x/steps/b"}, {Name: s.loc.T("campaign_emails.on_page"), URL: "/admin/campaigns/1x/page"}}}}}
	checked.Sequences[0].Steps[1].Links = checked.Links.Bad
	fine := s.campaignEmails()
	fine.Links = &admin.LinksChecked{N: 4}
	none := s.campaignEmails()
	none.Sequences, none.Delivery.What = nil, nil
	draft := s.campaignEmails()
	draft.Sequences[0].State, draft.Sequences[0].Steps = "draft", nil
	paused := s.campaignEmails()
	paused.Sequences[0].State, paused.Sequences[0].Reason, paused.Sequences[0].Changes = "paused", s.say("کتاب تازه می‌شود", "The book is being revised"), nil
	dark := s.preview("phone")
	dark.Colours = "dark"
	dark.Shades = []ui.Tab{{Text: s.loc.T("sequence.view.light"), URL: dark.EditURL + "/preview"}, {Text: s.loc.T("sequence.view.dark"), URL: dark.EditURL + "/preview?colours=dark", Current: true}}
	return []Example{
		{"campaign-emails", admin.CampaignEmails(s.campaignEmails())},
		{"campaign-emails-checked", admin.CampaignEmails(checked)},
		{"campaign-emails-fine", admin.CampaignEmails(fine)},
		{"campaign-emails-none", admin.CampaignEmails(none)},
		{"campaign-emails-draft", admin.CampaignEmails(draft)},
		{"campaign-emails-paused", admin.CampaignEmails(paused)},
		{"preview-dark", admin.SequencePreview(dark)},
	}
}

func (s set) campaignEmails() admin.CampaignEmailsProps {
	at, q := "/admin/campaigns/1x", "/admin/sequences/1x"
	said := s.loc.T("mail_advice.words", "words", s.loc.T("mail_advice.quoted", "word", s.say("فقط امروز", "only today")))
	return admin.CampaignEmailsProps{
		Shell: s.shell(layout.RoomCampaigns), Head: admin.CampaignHead{Name: s.say("۲۷ پیام پیگیری", "27 follow-ups"), Status: "live", PreviewURL: at + "/preview",
			Tabs: []ui.Tab{{Text: s.loc.T("campaign.tab.offer"), URL: at + "/offer"}, {Text: s.loc.T("campaign.tab.emails"), URL: at + "/emails", Current: true}}},
		BeginURL: at + "/emails", MoreURL: "/admin/sequences/new?campaign=1x", LinksURL: at + "/emails/links",
		Delivery: admin.CampaignDelivery{URL: at + "/offer", What: []string{s.loc.T("offer_kind.ebook"), s.say("۲۷ پیام پیگیری", "27 follow-ups")}, Subject: s.say("کتاب شما", "Your book")},
		Sequences: []admin.CampaignSequence{{
			Name: s.afterBook(), State: "live", URL: q, EditURL: q + "/edit", AddURL: q + "/steps", CampaignURL: at + "/publish", PublishURL: q + "/publish",
			Changes: []string{s.loc.T("sequence.change.order"), s.loc.T("sequence.change.keep_hot.on")},
			Steps: []admin.CampaignMail{
				{Number: 1, Subject: s.say("از کجا شروع کنیم", "Where to begin"), URL: q + "/steps/a", PreviewURL: q + "/steps/a/preview", When: []string{s.loc.T("sequence.at.after_first", "span", 2*day)},
					Tally: &admin.StepTally{Queued: 12, Sent: 1640, Clicked: 402, Unsubscribed: 9, Hot: 31, Failed: 3}},
				{Number: 2, Subject: s.say("سه نکته، فقط امروز", "Three hints, only today"), Change: "changed", URL: q + "/steps/b", PreviewURL: q + "/steps/b/preview", When: []string{s.loc.T("sequence.at.after", "span", 3*day)},
					OnlyIf: s.loc.T("sequence.only_if", "what", s.loc.T("sequence.if.clicked", "step", s.say("از کجا شروع کنیم", "Where to begin"))), Tally: &admin.StepTally{}, Advice: []string{said}},
				{Number: 3, Change: "new", URL: q + "/steps/c", PreviewURL: q + "/steps/c/preview", When: []string{s.loc.T("sequence.at.after", "span", 3*day)}, Problem: s.loc.T("sequence_check.no_subject")},
			},
		}},
	}
}

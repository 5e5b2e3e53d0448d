package mail

// text is the mail for those who read no HTML: the same, in the same order.
func (w worded) text() string {
	p := newPlain(2 << 10)
	t := w.Loc.T
	p.block(w.hello)
	if len(w.Letter) > 0 {
		p.block()
		prose{w.Loc}.blocks(p, "", w.Letter)
		p.block(w.Title)
	} else {
		p.block(t("mail.delivery.intro."+w.gives), w.Title)
	}
	for _, s := range w.Thanks {
		p.block(s)
	}
	if w.Download != nil {
		p.block()
		p.link(t("mail.delivery.download"), w.Download.URL)
		p.block(w.formats, w.until)
	}
	if w.Coupon != nil {
		p.block(t("public.coupon.label")+":", w.Coupon.Code, w.Coupon.Terms, w.codeUntil) // bare: it is copied into a shop's field
	}
	if w.Event != nil {
		w.eventText(p)
	}
	if w.Trial != nil && w.Trial.URL != "" {
		p.block()
		p.link(t("public.offer.begin_trial"), w.Trial.URL)
		p.line("", w.days)
	} else if w.Trial != nil {
		p.block(t("public.offer.trial_soon"))
	}
	if w.Contest != nil {
		p.block(w.partakes(), w.entries)
		if len(w.Contest.Rules) > 0 {
			p.block(t("public.offer.rules") + ":")
			prose{w.Loc}.blocks(p, "    ", w.Contest.Rules)
		}
	}
	if w.NoCode {
		p.block(t("mail.consent.no_code"))
	}
	if w.CallBack {
		p.block(t("mail.delivery.call"))
	}
	if w.ConfirmURL != "" {
		p.block(t("mail.delivery.confirm_heading"), t("mail.delivery.confirm_text"))
		if w.ConfirmText != "" {
			p.block(t("mail.consent.said"))
			p.line("    ", w.ConfirmText)
		}
		p.block()
		p.link(t("mail.delivery.confirm"), w.ConfirmURL)
	}
	w.foot(p)
	return p.String()
}

// partakes is said where the letter stands in the place of our own words.
func (w worded) partakes() string {
	if len(w.Letter) == 0 {
		return ""
	}
	return w.Loc.T("public.offer.contest")
}

func (w worded) eventText(p *plain) {
	t := w.Loc.T
	p.block(append([]string{t("public.offer.when") + ":"}, w.when...)...)
	if w.Event.Place != "" {
		p.block(t("public.offer.where")+":", w.Event.Place)
	}
	if w.Event.URL != "" {
		p.block()
		p.link(t("public.offer.join"), w.Event.URL)
	}
	p.block(t("public.offer.calendar_file"))
}

func (w worded) foot(p *plain) {
	if w.only != "" {
		p.block(w.only)
	}
	p.block("--", w.Loc.T("mail."+w.kind+".why", "page", isolate(w.Loc, w.page))+" "+w.Loc.T("mail."+w.kind+".not_you"))
	p.block(w.From.Name, w.From.Postal)
	if w.From.PrivacyURL != "" {
		p.link(w.Loc.T("public.footer.privacy"), w.From.PrivacyURL)
	}
	if w.From.MyDataURL != "" {
		p.link(w.Loc.T("public.footer.my_data"), w.From.MyDataURL)
	}
}

package examples

import (
	"strings"
	"time"

	"sarnakh/templates/admin"
	"sarnakh/templates/layout"
)

// hostile is what somebody types who wishes a page ill: markup, a quote, and marks that turn the direction.
const hostile = `"><script>alert(1)</script>` + "\u202e" + `'onmouseover='alert(2) {{.}} &amp; <b>`

// long is a word without a place to break it.
var long = strings.Repeat("anlagenbauprojektsteuerung", 6)

func (s set) lists() []Example {
	full := admin.LeadsProps{Shell: s.warned(layout.RoomLeads), URL: "/admin/leads", Rows: s.rows(),
		Next: "/admin/leads?before=9", ExportURL: "/admin/leads.csv"}
	narrowed := full
	narrowed.Shell = s.shell(layout.RoomLeads)
	narrowed.Filter = admin.LeadFilter{Query: s.say("نرگس", "Nora"), Stage: "mql", Temperature: "hot", Sort: admin.SortScore}
	narrowed.Rows, narrowed.Next, narrowed.Previous = narrowed.Rows[:1], "", "/admin/leads?after=3"
	nothing := narrowed
	nothing.Rows, nothing.Previous = nil, ""
	none := admin.LeadsProps{Shell: s.shell(layout.RoomLeads), URL: "/admin/leads", PublicURL: "/p/rahnama"}
	odd := full
	odd.Shell = s.shell(layout.RoomLeads)
	odd.Shell.Flash = s.refused()
	odd.Filter.Query, odd.Rows = hostile, s.oddRows()
	return []Example{
		{"leads", admin.Leads(full)},
		{"leads-narrowed", admin.Leads(narrowed)},
		{"leads-nothing", admin.Leads(nothing)},
		{"leads-none", admin.Leads(none)},
		{"leads-odd", admin.Leads(odd)},
	}
}

func (s set) rows() []admin.LeadRow {
	row := func(fa, en, email, phone, faCompany, enCompany, temperature, stage string, score int, source string, ago time.Duration) admin.LeadRow {
		return admin.LeadRow{URL: "/admin/leads/1x2y", Name: s.say(fa, en), Email: email, Phone: phone, Company: s.say(faCompany, enCompany),
			Temperature: temperature, Stage: stage, Score: score, Campaign: s.say("۲۷ پیام پیگیری", "27 follow-ups"), Source: source, LastAct: s.ago(ago)}
	}
	const phone = "0912 000 4567"
	rows := []admin.LeadRow{
		row("نرگس مهرآیین", "Nora Hale", "nora@example.com", phone, "نرم‌افزار برکه", "Berkeh Software", "hot", "mql", 78, "instagram / story", 12*time.Minute),
		row("آرش کیانی", "Arash Kiani", "arash.kiani@example.org", phone, "پخش البرز", "Alborz Trading", "hot", "sql", 71, "google / cpc", 3*time.Hour),
		row("شیرین دادگر", "Shirin Dadgar", "shirin@example.net", "", "", "", "warm", "lead", 52, "linkedin.com", 26*time.Hour),
		row("", "", "info@example.com", "", "", "", "cold", "lead", 4, "", 3*day),
		row("بهرام آذری", "Bahram Azari", "", "021 0000 4567", "کارگاه آذر", "Azar Workshop", "warm", "prospect", 44, "qr / booth", 9*day),
		row("لیلا پارسا", "Leila Parsa", "leila@example.com", phone, "آموزشگاه پارسا", "Parsa School", "cold", "customer", 23, "", 400*day),
	}
	rows[3].Disqualified = true
	rows[5].Campaign, rows[5].LastAct = "", time.Time{}
	return rows
}

func (s set) oddRows() []admin.LeadRow {
	return []admin.LeadRow{
		{URL: "/admin/leads/1", Name: hostile, Email: hostile, Phone: hostile, Company: hostile, Temperature: "hot", Stage: "mql",
			Score: 100, Campaign: hostile, Source: hostile, LastAct: s.now},
		{URL: "/admin/leads/2", Name: long, Email: long + "@example.com", Phone: "+98 912 000 4567", Company: long, Temperature: "cold",
			Stage: "opportunity", Score: 0, Campaign: long, Source: long, LastAct: s.ago(40 * time.Second)},
		{URL: "javascript:alert(3)", Name: s.say("Nora Hale", "نرگس مهرآیین"), Email: "nora@example.com", Temperature: "warm",
			Stage: "lead", Score: 41, Campaign: s.say("27 follow-ups", "۲۷ پیام پیگیری"), LastAct: s.ago(2 * time.Hour)},
	}
}

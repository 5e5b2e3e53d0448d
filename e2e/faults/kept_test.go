package faults

// Rows as they are exported.
type (
	leadRow       struct{ ID, Email, Temperature string }
	submissionRow struct {
		ID       string
		LeadID   string `json:"lead_id"`
		Campaign string
		Email    string
		Verdict  string
		Corrects string
		Answers  map[string]string
	}
	consentRow struct {
		LeadID   string `json:"lead_id"`
		Purpose  string
		Decision string
		Page     string
	}
	eventRow struct {
		LeadID string `json:"lead_id"`
		Kind   string
		Data   struct {
			Submission string
			CallMe     bool `json:"call_me"`
		}
	}
	messageRow struct {
		LeadID    string `json:"lead_id"`
		Class     string
		Kind      string
		State     string
		MessageID string `json:"message_id"`
		To        string
		Attempts  int
	}
)

// kept is all that the program says it has.
type kept struct {
	leads       []leadRow
	submissions []submissionRow
	consents    []consentRow
	events      []eventRow
	messages    []messageRow

	byID map[string]*submissionRow
	sent map[string]*post // by the submission's ID
}

func (s *server) kept() *kept {
	s.Helper()
	k := &kept{export[leadRow](s, "leads"), export[submissionRow](s, "submissions"), export[consentRow](s, "consents"),
		export[eventRow](s, "events"), export[messageRow](s, "messages"), map[string]*submissionRow{}, map[string]*post{}}
	for i := range k.submissions {
		k.byID[k.submissions[i].ID] = &k.submissions[i]
	}
	return k
}

// sameLead says that a submission corrects one of the same lead.
func (k *kept) sameLead(s *submissionRow) bool {
	return s.Corrects != "" && k.byID[s.Corrects] != nil && k.byID[s.Corrects].LeadID == s.LeadID
}

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"

	"sarnakh/i18n"
	"sarnakh/leads"
	"sarnakh/models"
	"sarnakh/scoring"
)

type scoringCmd struct {
	Explain explainCmd `cmd:"" help:"Say why a lead has its score."`
	Rescore rescoreCmd `cmd:"" help:"Compute every lead's score anew."`
}

type explainCmd struct {
	Email  string `arg:"" help:"The lead's address."`
	Format string `enum:"text,json" default:"text" help:"text or json."`
}

// Run prints the lines that add up to the score.
func (c *explainCmd) Run(s *session) error {
	return withApp(s, func(a *app) error { return c.explain(s, a) })
}

func (c *explainCmd) explain(s *session, a *app) error {
	_, identity, ok := leads.Mailbox(c.Email)
	if !ok {
		return fmt.Errorf("%w: %q is not an e-mail address", errUsage, c.Email)
	}
	lead, err := a.store.LeadByIdentity(s.ctx, identity)
	if errors.Is(err, models.ErrNotFound) {
		return errors.New("no lead has this address")
	}
	if err != nil {
		return err
	}
	e, err := a.leads.Explain(s.ctx, lead)
	if err != nil {
		return err
	}
	if c.Format == "json" {
		return json.NewEncoder(s.out).Encode(explained(e))
	}
	explain(s, i18n.For(a.settings.locale()), e)
	return nil
}

// explanation is the JSON of `scoring explain`.
type explanation struct {
	Score       float64            `json:"score"`
	Shown       int                `json:"shown"`
	Fit         float64            `json:"fit"`
	Engagement  float64            `json:"engagement"`
	Grade       string             `json:"grade"`
	Temperature models.Temperature `json:"temperature"`
	Stage       models.Stage       `json:"stage"`
	Probability struct {
		Value float64 `json:"value"`
		Basis string  `json:"basis"`
	} `json:"probability"`
	Lines []scoring.Line `json:"lines"`
}

func explained(e *leads.Explanation) explanation {
	out := explanation{
		Score: e.Score.S, Shown: e.Score.Shown, Fit: e.Score.Fit, Engagement: e.Score.Engagement, Grade: e.Score.Grade,
		Temperature: e.Lead.Temperature, Stage: e.Lead.Stage, Lines: e.Score.Lines,
	}
	if out.Lines == nil {
		out.Lines = []scoring.Line{}
	}
	out.Probability.Value, out.Probability.Basis = e.Probability, e.Basis
	return out
}

func explain(s *session, loc *i18n.Loc, e *leads.Explanation) {
	fmt.Fprintf(s.out, "%s: %s  %s  %s  %s\n", loc.T("command.score"), loc.Int(int64(e.Score.Shown)), e.Score.Grade,
		loc.T("temperature."+string(e.Lead.Temperature)), loc.T("stage."+string(e.Lead.Stage)))
	for i := range e.Score.Lines {
		line := &e.Score.Lines[i]
		label, _ := leads.ReasonWords(loc, line)
		fmt.Fprintf(s.out, "%8s  %s\n", loc.Signed(line.Points), label)
	}
	fmt.Fprintf(s.out, "%s: %s (%s)\n", loc.T("command.probability"), loc.Percent(e.Probability, decimals(e.Probability)), loc.T("command.basis."+e.Basis))
}

// decimals keeps a small chance from being shown as none.
func decimals(p float64) int {
	if p > 0 && p < 0.1 {
		return min(1+int(-math.Log10(p))-1, 3)
	}
	return 0
}

type rescoreCmd struct{}

// Run computes all scores, while no server uses the file.
func (rescoreCmd) Run(s *session) error {
	settings, err := s.settings()
	if err != nil {
		return err
	}
	a, err := openApp(s.ctx, settings, quiet(s.err), true, false)
	if err != nil {
		return err
	}
	defer a.release()
	p := newProgress(s.err, "leads", 0)
	done := 0
	err = a.leads.Rescore(s.ctx, func(n int) { done = n; p.set(n) })
	p.done()
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%d leads scored\n", done)
	return nil
}

package main

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"time"
)

// officeAsks is how often each page of the back office is asked for.
const officeAsks = 200

// office measures the pages of the back office, one after the other as one person opens them.
func office(o options) error {
	s, err := start(o)
	if err != nil {
		return err
	}
	defer s.stop()
	c, err := s.signIn(o)
	if err != nil {
		return fmt.Errorf("sign in: %w", err)
	}
	_, list, err := s.fetch(c, "/admin/leads?sort=score")
	if err != nil {
		return err
	}
	pages := map[string][]string{
		"leads by score":     {"/admin/leads?sort=score"},
		"leads by act":       {"/admin/leads?sort=active"},
		"leads searched":     {"/admin/leads?q=ali", "/admin/leads?q=%D8%B1%D8%B6%D8%A7", "/admin/leads?q=nobody-at-all"},
		"leads, hot ones":    {"/admin/leads?temperature=hot", "/admin/leads?temperature=hot&sort=score", "/admin/leads?stage=mql&sort=active", "/admin/leads?stage=mql&temperature=warm"},
		"mailbox":            {"/admin/mailbox"},
		"quarantine":         {"/admin/quarantine"},
		"page of one lead":   addresses(list, `href="(/admin/leads/[0-9a-z]{8,})"`),
		"a page that is not": {"/admin/leads/nothing"},
		"campaigns":          {"/admin/campaigns", "/admin/campaigns?status=live", "/admin/campaigns?q=campaign", "/admin/campaigns?q=nothing-at-all"},
		"new campaign":       {"/admin/campaigns/new"},
		"pictures":           {"/admin/media"},
	}
	if _, list, err = s.fetch(c, "/admin/campaigns"); err != nil {
		return err
	}
	for _, campaign := range addresses(list, `href="(/admin/campaigns/[0-9a-z]{8,})"`) {
		for _, part := range [...]string{"", "/leads", "/page", "/form", "/offer", "/emails", "/settings", "/share", "/words", "/publish", "/history", "/preview"} {
			name := strings.TrimSpace("campaign " + strings.TrimPrefix(part, "/"))
			pages[name] = append(pages[name], campaign+part)
		}
	}
	if _, list, err = s.fetch(c, "/admin/sequences"); err != nil {
		return err
	}
	for _, sequence := range addresses(list, `href="(/admin/sequences/[0-9a-z]{8,})"`) {
		_, edit, err := s.fetch(c, sequence+"/edit")
		if err != nil {
			return err
		}
		pages["sequence"] = append(pages["sequence"], sequence)
		pages["sequence edit"] = append(pages["sequence edit"], sequence+"/edit")
		pages["email edit"] = append(pages["email edit"], addresses(edit, `href="(/admin/sequences/[0-9a-z]{8,}/steps/[0-9a-z_-]+)"`)...)
		pages["email preview"] = append(pages["email preview"], addresses(edit, `href="(/admin/sequences/[0-9a-z]{8,}/steps/[0-9a-z_-]+/preview)"`)...)
	}
	for _, name := range slices.Sorted(maps.Keys(pages)) {
		if len(pages[name]) == 0 {
			continue
		}
		var took []time.Duration
		for i := range officeAsks {
			begin := time.Now()
			path := pages[name][i%len(pages[name])]
			status, _, err := s.fetch(c, path)
			if err != nil {
				return err
			}
			if status >= http.StatusInternalServerError {
				return fmt.Errorf("%s: status %d", path, status)
			}
			took = append(took, time.Since(begin))
		}
		slices.Sort(took)
		fmt.Printf("%-20s %-8s %7d leads  p50 %s  p99 %s\n", name, o.engine, o.seedLeads, millis(percentile(took, .5)), millis(percentile(took, .99)))
	}
	return nil
}

// addresses are those that a page links to, as a pattern's first group finds them.
func addresses(page []byte, pattern string) (out []string) {
	for _, m := range regexp.MustCompile(pattern).FindAllSubmatch(page, -1) {
		out = append(out, string(m[1]))
	}
	return out
}

func (s *server) fetch(c *http.Client, path string) (status int, body []byte, err error) {
	resp, err := c.Get("http://" + s.addr + path)
	if err != nil {
		return 0, nil, err
	}
	defer resp.Body.Close()
	body, err = io.ReadAll(resp.Body)
	return resp.StatusCode, body, err
}

var setupLink = regexp.MustCompile(`http://\S+/admin/setup/\S+`)

// signIn makes an owner and opens a session.
func (s *server) signIn(o options) (*http.Client, error) {
	const email = "owner@bench.example"
	out, err := exec.Command(o.binary, append(slices.Clone(s.args), "user", "add", email, "--role", "owner", "--name", "Owner")...).Output()
	if err != nil {
		return nil, err
	}
	link := setupLink.Find(bytes.TrimSpace(out))
	if link == nil {
		return nil, fmt.Errorf("no link in %q", out)
	}
	jar, _ := cookiejar.New(nil)
	c := &http.Client{Jar: jar}
	resp, err := c.PostForm(string(link), url.Values{"name": {"Owner"}, "email": {email}, "locale": {"en"}, "password": {"a bench needs no secret 7"}})
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("status %d", resp.StatusCode)
	}
	return c, nil
}

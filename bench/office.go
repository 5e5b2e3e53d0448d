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
	leads := regexp.MustCompile(`href="(/admin/leads/[0-9a-z]{8,})"`).FindAllStringSubmatch(string(list), -1)
	pages := map[string][]string{
		"leads by score":     {"/admin/leads?sort=score"},
		"leads by act":       {"/admin/leads?sort=active"},
		"leads searched":     {"/admin/leads?q=ali", "/admin/leads?q=%D8%B1%D8%B6%D8%A7", "/admin/leads?q=nobody-at-all"},
		"leads, hot ones":    {"/admin/leads?temperature=hot", "/admin/leads?temperature=hot&sort=score", "/admin/leads?stage=mql&sort=active", "/admin/leads?stage=mql&temperature=warm"},
		"mailbox":            {"/admin/mailbox"},
		"quarantine":         {"/admin/quarantine"},
		"page of one lead":   nil,
		"a page that is not": {"/admin/leads/nothing"},
	}
	for _, l := range leads {
		pages["page of one lead"] = append(pages["page of one lead"], l[1])
	}
	for _, name := range slices.Sorted(maps.Keys(pages)) {
		if len(pages[name]) == 0 {
			continue
		}
		var took []time.Duration
		for i := range officeAsks {
			begin := time.Now()
			if _, _, err := s.fetch(c, pages[name][i%len(pages[name])]); err != nil {
				return err
			}
			took = append(took, time.Since(begin))
		}
		slices.Sort(took)
		fmt.Printf("%-20s %-8s %7d leads  p50 %s  p99 %s\n", name, o.engine, o.seedLeads, millis(percentile(took, .5)), millis(percentile(took, .99)))
	}
	return nil
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

package main

import (
	"fmt"
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"sarnakh/i18n"
	"sarnakh/leads"
	"sarnakh/store"
)

// check says which setting can't be right, so that the program stops at its start and not at three in
// the morning.
func (s *Settings) check() error {
	for _, c := range []struct {
		key, value, want string
		ok               bool
	}{
		{"base_url", s.BaseURL, "an address such as https://leads.example.com, without a path", isBaseURL(s.BaseURL)},
		{"data_dir", s.DataDir, "a folder", s.DataDir != ""},
		{"secret_key", s.SecretKey, "at least 32 characters, or nothing", s.SecretKey == "" || len(s.SecretKey) >= 32},
		{"locale", s.Locale, "fa or en", s.Locale == "fa" || s.Locale == "en"},
		{"time_zone", s.TimeZone, "a zone such as Asia/Tehran or Europe/Berlin", isZone(s.TimeZone)},
		{"http.addr", s.HTTP.Addr, "an address such as :8080 or 127.0.0.1:8080", isListen(s.HTTP.Addr)},
		{"http.metrics_addr", s.HTTP.MetricsAddr, "an address such as 127.0.0.1:9090, or nothing", s.HTTP.MetricsAddr == "" || isListen(s.HTTP.MetricsAddr)},
		{"http.max_queue", strconv.Itoa(s.HTTP.MaxQueue), "a number from 1 to 100000", s.HTTP.MaxQueue >= 1 && s.HTTP.MaxQueue <= 100_000},
		{"database.url", "", "postgres://user:pass@host/db, or nothing", s.Database.URL == "" || isURL(s.Database.URL, "postgres", "postgresql")},
		{"smtp.url", "", "smtp://user:pass@host:587?tls=starttls (none, starttls, implicit), or nothing", isSMTP(s.SMTP.URL)},
		{"smtp.sales_url", "", "smtp://user:pass@host:587?tls=starttls (none, starttls, implicit), or nothing", isSMTP(s.SMTP.SalesURL)},
		{"smtp.connections", strconv.Itoa(s.SMTP.Connections), "a number from 1 to 100", s.SMTP.Connections >= 1 && s.SMTP.Connections <= 100},
		{"smtp.per_minute", strconv.Itoa(s.SMTP.PerMinute), "0 for no limit, or a number", s.SMTP.PerMinute >= 0},
		{"smtp.per_domain", strconv.Itoa(s.SMTP.PerDomain), "0 for no limit, or a number", s.SMTP.PerDomain >= 0},
		{"mail.from", s.Mail.From, "an address such as Sarnakh <hello@example.com>, or nothing", s.Mail.From == "" || isMailbox(s.Mail.From)},
		{"mail.reply_to", s.Mail.ReplyTo, "an address such as hello@example.com, or nothing", s.Mail.ReplyTo == "" || isMailbox(s.Mail.ReplyTo)},
		{"forms.min_seconds", strconv.Itoa(s.Forms.MinSeconds), "a number from 0 to 60", s.Forms.MinSeconds >= 0 && s.Forms.MinSeconds <= 60},
		{"nurture.speed", fmt.Sprint(s.Nurture.Speed), "a number from 1 up", s.Nurture.Speed >= 1},
	} {
		if !c.ok {
			return &settingError{c.key, c.value, c.want}
		}
	}
	if _, err := s.signer(); err != nil {
		return err
	}
	return s.checkLists()
}

func (s *Settings) checkLists() error {
	for _, p := range s.HTTP.TrustedProxies {
		if _, err := parseProxy(p); err != nil {
			return &settingError{"http.trusted_proxies", p, "addresses or networks such as 10.0.0.0/8"}
		}
	}
	for _, a := range s.Sales.Notify {
		if !isMailbox(a) {
			return &settingError{"sales.notify", a, "e-mail addresses"}
		}
	}
	for key, value := range map[string]string{"forms.per_network": s.Forms.PerNetwork, "forms.per_address": s.Forms.PerAddress} {
		if _, err := leads.ParseLimits(value); err != nil {
			return &settingError{key, value, "limits such as 10/m,60/h (s, m, h, d), or 0"}
		}
	}
	return nil
}

func isBaseURL(v string) bool {
	u, err := url.Parse(v)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && strings.Trim(u.Path, "/") == "" && u.RawQuery == "" && u.User == nil
}

func isURL(v string, schemes ...string) bool {
	u, err := url.Parse(v)
	if err != nil {
		return false
	}
	for _, s := range schemes {
		if u.Scheme == s {
			return true
		}
	}
	return false
}

func isSMTP(v string) bool {
	if v == "" {
		return true
	}
	u, err := url.Parse(v)
	if err != nil || u.Scheme != "smtp" || u.Hostname() == "" {
		return false
	}
	switch u.Query().Get("tls") {
	case "", "none", "starttls", "implicit":
		return true
	}
	return false
}

func isListen(v string) bool {
	_, port, err := net.SplitHostPort(v)
	if err != nil {
		return false
	}
	n, err := strconv.ParseUint(port, 10, 16)
	return err == nil && n <= 65535
}

func isZone(v string) bool {
	_, err := time.LoadLocation(v)
	return err == nil && v != ""
}

func isMailbox(v string) bool {
	a, err := mail.ParseAddress(v)
	if err != nil {
		return false
	}
	_, _, ok := leads.Mailbox(a.Address)
	return ok
}

func parseProxy(v string) (netip.Prefix, error) {
	if p, err := netip.ParsePrefix(v); err == nil {
		return p, nil
	}
	a, err := netip.ParseAddr(v)
	if err != nil {
		return netip.Prefix{}, err
	}
	return netip.PrefixFrom(a, a.BitLen()), nil
}

// databaseURL is where the database is: the address given, or the file in data_dir.
func (s *Settings) databaseURL() string {
	if s.Database.URL != "" {
		return s.Database.URL
	}
	return filepath.Join(s.DataDir, "sarnakh.db")
}

func (s *Settings) isSQLite() bool { return !store.IsPostgres(s.databaseURL()) }

func (s *Settings) zone() *time.Location {
	zone, err := time.LoadLocation(s.TimeZone)
	if err != nil {
		return time.UTC // check has refused it before
	}
	return zone
}

func (s *Settings) locale() i18n.Locale { return i18n.Locale(s.Locale) }

// host is the public address's host without its port.
func (s *Settings) host() string {
	u, err := url.Parse(s.BaseURL)
	if err != nil {
		return "localhost"
	}
	return u.Hostname()
}

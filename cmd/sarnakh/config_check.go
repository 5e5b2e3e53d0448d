package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"sarnakh"

	"github.com/knadh/koanf/parsers/yaml"
	"github.com/knadh/koanf/providers/rawbytes"
	"github.com/knadh/koanf/v2"
)

type configCmd struct {
	Check configCheckCmd `cmd:"" help:"Read the settings, check them, and print what is in force."`
}

type configCheckCmd struct{}

// Run prints every setting with the name of its environment variable; secrets are only said to be set.
func (configCheckCmd) Run(s *session) error {
	settings, err := s.settings()
	if err != nil {
		return err
	}
	k := koanf.New(".")
	if err := k.Load(rawbytes.Provider(sarnakh.ConfigYAML), yaml.Parser()); err != nil {
		return err
	}
	values := settings.values()
	for _, key := range slices.Sorted(maps.Keys(k.All())) {
		value := values[key]
		if slices.Contains(secrets, key) && value != "" {
			value = "(set)"
		}
		fmt.Fprintf(s.out, "%-22s %-30s %s\n", key, envName(key), value)
	}
	return nil
}

// values are the settings in force, as one would write them.
func (s *Settings) values() map[string]string {
	return map[string]string{
		"base_url": s.BaseURL, "data_dir": s.DataDir, "secret_key": s.SecretKey, "locale": s.Locale, "time_zone": s.TimeZone,
		"http.addr": s.HTTP.Addr, "http.metrics_addr": s.HTTP.MetricsAddr, "http.trusted_proxies": strings.Join(s.HTTP.TrustedProxies, ","),
		"http.max_queue": fmt.Sprint(s.HTTP.MaxQueue), "database.url": s.Database.URL,
		"smtp.url": s.SMTP.URL, "smtp.sales_url": s.SMTP.SalesURL, "smtp.connections": fmt.Sprint(s.SMTP.Connections), "smtp.per_minute": fmt.Sprint(s.SMTP.PerMinute),
		"smtp.per_domain": fmt.Sprint(s.SMTP.PerDomain),
		"mail.from":       s.Mail.From, "mail.reply_to": s.Mail.ReplyTo, "mail.postal_address": s.Mail.PostalAddress,
		"dkim.domain": s.DKIM.Domain, "dkim.selector": s.DKIM.Selector, "dkim.key_file": s.DKIM.KeyFile,
		"sales.notify": strings.Join(s.Sales.Notify, ","), "forms.min_seconds": fmt.Sprint(s.Forms.MinSeconds),
		"forms.per_network": s.Forms.PerNetwork, "forms.per_address": s.Forms.PerAddress, "nurture.speed": fmt.Sprint(s.Nurture.Speed),
	}
}

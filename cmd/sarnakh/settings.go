package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net"
	"os"
	"slices"
	"strconv"
	"strings"

	"sarnakh"

	"github.com/knadh/koanf/parsers/yaml"
	"github.com/knadh/koanf/providers/confmap"
	"github.com/knadh/koanf/providers/file"
	"github.com/knadh/koanf/providers/rawbytes"
	"github.com/knadh/koanf/v2"
)

// Settings are the values of config.yaml, a field for each key.
type Settings struct {
	BaseURL   string `koanf:"base_url"`
	DataDir   string `koanf:"data_dir"`
	SecretKey string `koanf:"secret_key"`
	Locale    string `koanf:"locale"`
	TimeZone  string `koanf:"time_zone"`
	HTTP      struct {
		Addr           string   `koanf:"addr"`
		MetricsAddr    string   `koanf:"metrics_addr"`
		TrustedProxies []string `koanf:"trusted_proxies"`
		MaxQueue       int      `koanf:"max_queue"`
	} `koanf:"http"`
	Database struct {
		URL string `koanf:"url"`
	} `koanf:"database"`
	SMTP struct {
		URL         string `koanf:"url"`
		SalesURL    string `koanf:"sales_url"`
		Connections int    `koanf:"connections"`
		PerMinute   int    `koanf:"per_minute"`
		PerDomain   int    `koanf:"per_domain"`
	} `koanf:"smtp"`
	Mail struct {
		From          string `koanf:"from"`
		ReplyTo       string `koanf:"reply_to"`
		PostalAddress string `koanf:"postal_address"`
	} `koanf:"mail"`
	DKIM struct {
		Domain   string `koanf:"domain"`
		Selector string `koanf:"selector"`
		KeyFile  string `koanf:"key_file"`
	} `koanf:"dkim"`
	Sales struct {
		Notify []string `koanf:"notify"`
	} `koanf:"sales"`
	Forms struct {
		MinSeconds int    `koanf:"min_seconds"`
		PerNetwork string `koanf:"per_network"`
		PerAddress string `koanf:"per_address"`
	} `koanf:"forms"`
	Nurture struct {
		Speed float64 `koanf:"speed"`
	} `koanf:"nurture"`
	Team struct {
		SecondFactor bool `koanf:"second_factor"`
	} `koanf:"team"`
}

const (
	envPrefix  = "SARNAKH_"
	fileSuffix = "_FILE"
	// testVariable belongs to the tests and is no setting.
	testVariable = "SARNAKH_TEST_POSTGRES"
)

// secrets can be given as a file, and are never shown.
var secrets = []string{"secret_key", "database.url", "smtp.url", "smtp.sales_url"}

// A settingError says which setting is wrong, what it was, and what was expected.
type settingError struct{ key, value, want string }

func (e *settingError) Error() string {
	if slices.Contains(secrets, e.key) {
		return fmt.Sprintf("setting %s: its value is wrong (not shown, it is a secret); expected %s", e.key, e.want)
	}
	return fmt.Sprintf("setting %s: %q is wrong; expected %s", e.key, e.value, e.want)
}

// loadSettings reads the defaults, then the file, then the environment, then what --set says. A file that
// was not named may be absent.
func loadSettings(path string, environ, set []string) (*Settings, error) {
	k := koanf.New(".")
	if err := k.Load(rawbytes.Provider(sarnakh.ConfigYAML), yaml.Parser()); err != nil {
		return nil, fmt.Errorf("built-in config.yaml: %w", err)
	}
	defaults := maps.Clone(k.All())
	layers := []func() (map[string]any, error){
		func() (map[string]any, error) { return fromFile(path, defaults) },
		func() (map[string]any, error) { return fromEnvironment(environ, defaults) },
		func() (map[string]any, error) { return fromFlags(set, defaults) },
	}
	for _, layer := range layers {
		values, err := layer()
		if err != nil {
			return nil, err
		}
		if err := k.Load(confmap.Provider(values, "."), nil); err != nil {
			return nil, err
		}
	}
	var s Settings
	if err := k.Unmarshal("", &s); err != nil {
		return nil, err
	}
	if err := s.check(); err != nil {
		return nil, err
	}
	s.followAddr(fmt.Sprint(defaults["base_url"]))
	return &s, nil
}

// followAddr lets a base_url that nobody set name the port that is listened on.
func (s *Settings) followAddr(defaultURL string) {
	if _, port, err := net.SplitHostPort(s.HTTP.Addr); err == nil && s.BaseURL == defaultURL && port != "0" {
		s.BaseURL = "http://localhost:" + port
	}
}

func fromFile(path string, defaults map[string]any) (map[string]any, error) {
	named := path != ""
	if !named {
		path = "config.yaml"
	}
	if _, err := os.Stat(path); err != nil {
		if !named && errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
		return nil, fmt.Errorf("--config: %w", err)
	}
	k := koanf.New(".")
	if err := k.Load(file.Provider(path), yaml.Parser()); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	out := map[string]any{}
	for key, value := range k.All() {
		if value == nil {
			continue
		}
		if list, ok := value.([]any); ok {
			parts := make([]string, len(list))
			for i, v := range list {
				parts[i] = fmt.Sprint(v)
			}
			value = strings.Join(parts, ",")
		}
		typed, err := typed(key, fmt.Sprint(value), defaults)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		out[key] = typed
	}
	return out, nil
}

// fromEnvironment looks for the names made from the known keys; any other SARNAKH_ name is a slip.
func fromEnvironment(environ []string, defaults map[string]any) (map[string]any, error) {
	out := map[string]any{}
	for _, pair := range environ {
		name, value, _ := strings.Cut(pair, "=")
		if !strings.HasPrefix(name, envPrefix) || name == testVariable {
			continue
		}
		key, isFile := keyOf(name, defaults)
		if key == "" {
			return nil, fmt.Errorf("environment variable %s: no setting has this name; see `sarnakh config check`", name)
		}
		if isFile {
			raw, err := os.ReadFile(value)
			if err != nil {
				return nil, fmt.Errorf("environment variable %s: %w", name, err)
			}
			value = strings.TrimSpace(string(raw))
		}
		typed, err := typed(key, value, defaults)
		if err != nil {
			return nil, fmt.Errorf("environment variable %s: %w", name, err)
		}
		out[key] = typed
	}
	return out, nil
}

func envName(key string) string {
	return envPrefix + strings.ToUpper(strings.ReplaceAll(key, ".", "_"))
}

func keyOf(name string, defaults map[string]any) (key string, isFile bool) {
	for key := range defaults {
		if envName(key) == name {
			return key, false
		}
	}
	for _, key := range secrets {
		if envName(key)+fileSuffix == name {
			return key, true
		}
	}
	return "", false
}

func fromFlags(set []string, defaults map[string]any) (map[string]any, error) {
	out := map[string]any{}
	for _, pair := range set {
		key, value, ok := strings.Cut(pair, "=")
		if !ok {
			return nil, fmt.Errorf("--set %s: write KEY=VALUE", pair)
		}
		typed, err := typed(key, value, defaults)
		if err != nil {
			return nil, fmt.Errorf("--set: %w", err)
		}
		out[key] = typed
	}
	return out, nil
}

// typed reads a text as the type that the key's default has.
func typed(key, value string, defaults map[string]any) (any, error) {
	kind, known := defaults[key]
	if !known {
		return nil, fmt.Errorf("no setting is called %s", key)
	}
	switch kind.(type) {
	case int:
		n, err := strconv.Atoi(strings.TrimSpace(value))
		if err != nil {
			return nil, &settingError{key, value, "a whole number"}
		}
		return n, nil
	case float64:
		f, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
		if err != nil {
			return nil, &settingError{key, value, "a number"}
		}
		return f, nil
	case []any, nil:
		list := []string{}
		for part := range strings.SplitSeq(value, ",") {
			if part = strings.TrimSpace(part); part != "" {
				list = append(list, part)
			}
		}
		return list, nil
	}
	return value, nil
}

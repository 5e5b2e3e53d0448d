package team

import "strings"

// A Device is what a browser says of itself, for people to recognise it: names, empty where they are not known. It is no
// proof of anything.
type Device struct{ Browser, System string }

type sign struct{ in, name string }

// browsers by what stands in their user agent; the first that fits counts, since each carries the names of those before it.
var browsers = []sign{
	{"Edg", "Edge"}, {"OPR/", "Opera"}, {"Opera", "Opera"}, {"Vivaldi", "Vivaldi"}, {"YaBrowser", "Yandex"}, {"SamsungBrowser", "Samsung Internet"},
	{"FxiOS", "Firefox"}, {"Firefox", "Firefox"}, {"CriOS", "Chrome"}, {"Chrome", "Chrome"}, {"Safari/", "Safari"}, {"curl/", "curl"},
}

// systems likewise.
var systems = []sign{
	{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"CrOS", "ChromeOS"}, {"Windows", "Windows"}, {"Macintosh", "macOS"},
	{"Linux", "Linux"}, {"X11", "Unix"},
}

// DeviceOf reads a user agent.
func DeviceOf(agent string) Device { return Device{first(browsers, agent), first(systems, agent)} }

func first(signs []sign, agent string) string {
	for _, s := range signs {
		if strings.Contains(agent, s.in) {
			return s.name
		}
	}
	return ""
}

package models

import (
	"net/url"
	"regexp"
	"strings"
)

// A Film is one at a site that can play it within a page.
type Film struct {
	Site  string // youtube or aparat
	Page  string // where it is to be seen at that site
	Embed string // what is put in a frame; it begins with Frame
	Frame string // the origin that the page's policy has to allow
}

var (
	youtubeID = regexp.MustCompile(`^[A-Za-z0-9_-]{11}$`)
	aparatID  = regexp.MustCompile(`^[A-Za-z0-9]{3,16}$`)
)

// FilmOf recognises the address of a film at YouTube or Aparat, as people copy it from there.
func FilmOf(address string) (Film, bool) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Scheme != "https" && u.Scheme != "http" {
		return Film{}, false
	}
	path := strings.Split(strings.Trim(u.Path, "/"), "/")
	switch strings.TrimPrefix(strings.TrimPrefix(u.Hostname(), "www."), "m.") {
	case "youtu.be":
		return youtube(path[0])
	case "youtube.com", "youtube-nocookie.com":
		if path[0] == "watch" {
			return youtube(u.Query().Get("v"))
		}
		if len(path) == 2 && (path[0] == "shorts" || path[0] == "embed" || path[0] == "live") {
			return youtube(path[1])
		}
	case "aparat.com":
		if len(path) >= 2 && path[0] == "v" {
			return aparat(path[1])
		}
		if len(path) == 7 && path[3] == "videohash" { // /video/video/embed/videohash/…/vt/frame
			return aparat(path[4])
		}
	}
	return Film{}, false
}

// youtube plays from the host that sets no cookie before the film runs.
func youtube(id string) (Film, bool) {
	const frame = "https://www.youtube-nocookie.com"
	return Film{"youtube", "https://www.youtube.com/watch?v=" + id, frame + "/embed/" + id + "?autoplay=1&rel=0", frame}, youtubeID.MatchString(id)
}

func aparat(id string) (Film, bool) {
	const frame = "https://www.aparat.com"
	return Film{"aparat", frame + "/v/" + id, frame + "/video/video/embed/videohash/" + id + "/vt/frame?autoplay=true", frame}, aparatID.MatchString(id)
}

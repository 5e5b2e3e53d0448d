// Package static serves the stylesheets, fonts and icons that are compiled into the program, under names that
// hold a hash of their content, so that a browser may keep them for ever.
package static

import (
	"embed"
	"sync"
)

//go:embed css/*.css fonts/*.woff2 icons js/*.js
var files embed.FS

// bundles are the stylesheets as pages load them: one request for each area, parts in cascade order.
var bundles = map[string][]string{
	"public.css": {"css/tokens.css", "css/base.css", "css/landing.css", "css/blocks.css", "css/kiosk.css"},
	"mark.css":   {"css/mark.css"},
	"admin.css":  {"css/tokens.css", "css/base.css", "css/admin.css", "css/sequences.css", "css/campaigns.css", "css/editor.css", "css/media.css", "css/preview.css", "css/charts.css", "css/team.css"},
}

// tables is built once, at first use, from the embedded files alone; nothing changes it afterwards.
var tables = sync.OnceValue(build)

// URL is the address of a file by its name without folders: "public.css" gives "/static/public.3f2a91c0.css". It
// panics on a name that is not there, which is a misspelling in this program.
func URL(name string) string {
	hashed, ok := tables().hashed[name]
	if !ok {
		panic("static: no file named " + name)
	}
	return prefix + hashed
}

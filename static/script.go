package static

import (
	"net/http"
	"strings"
)

// ServeScript serves a script under a name that never changes, as other sites link it: browsers keep it
// for an hour and then ask whether it is still the same.
func ServeScript(w http.ResponseWriter, r *http.Request, name string) {
	t := tables()
	hashed := t.hashed[name]
	etag := `"` + hashed + `"`
	w.Header().Set("ETag", etag)
	w.Header().Set("Cache-Control", "public, max-age=3600")
	if strings.Contains(r.Header.Get("If-None-Match"), etag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	t.served[hashed].serve(w, r)
}

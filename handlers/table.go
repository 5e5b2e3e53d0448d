package handlers

import (
	"slices"

	"sarnakh/handlers/admin"
	"sarnakh/handlers/public"
	"sarnakh/models"
)

// An Entry is one line of the route table: who may ask what.
type Entry struct {
	Method, Path string
	Roles        []models.Role // anyone where there are none
}

// Table lists every route, in order: for documents, and for tests that walk them all.
func Table() []Entry {
	var out []Entry
	for _, r := range routes(&public.Handlers{}, &admin.Handlers{}) {
		out = append(out, Entry{r.method, r.path, slices.Clone(r.roles)})
	}
	return out
}

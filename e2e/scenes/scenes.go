// Package scenes brings a browser to every page of the program, in each of its states: for pictures of them,
// and for the laws that every page keeps.
package scenes

import (
	"slices"

	"sarnakh/e2e/browser"
)

// Who sits at the browser.
type Who string

// The people, and the server they are at.
const (
	Visitor  Who = "visitor"  // of a server at work
	Owner    Who = "owner"    // of the same one
	Seller   Who = "seller"   // there, who may not do everything
	Guard    Who = "guard"    // there, a marketer who looks after their account
	Stranger Who = "stranger" // there, not signed in
	Beginner Who = "beginner" // the owner of a server that has no leads yet
	Newcomer Who = "newcomer" // at a server without an owner
)

// Office tells whether these pages belong to the back office, which has two sets of colours.
func (w Who) Office() bool { return w != Visitor }

// A Scene is one page in one state.
type Scene struct {
	Name string
	Who  Who
	Open func(s *Stage)

	Phone bool // there is nothing new to it on a desktop
}

// A Stage is where a scene is played: a tab, in a language.
type Stage struct {
	*browser.Tab
	*World
	Locale string // fa or en
}

// Locales are the languages of every scene.
var Locales = [...]string{"fa", "en"}

// slugs of the starter campaigns.
var slugs = map[string]string{"fa": "/p/rahnama", "en": "/p/playbook"}

// Landing is the path of the campaign's page in the stage's language.
func (s *Stage) Landing() string { return slugs[s.Locale] }

// say picks the words of the stage's language.
func (s *Stage) say(fa, en string) string { return say(s.Locale, fa, en) }

func say(locale, fa, en string) string {
	if locale == "fa" {
		return fa
	}
	return en
}

// open makes a scene of a path.
func open(path func(s *Stage) string) func(s *Stage) {
	return func(s *Stage) { s.Open(path(s)) }
}

func at(path string) func(s *Stage) { return func(s *Stage) { s.Open(path) } }

// All are the scenes, in an order in which they can be played.
func All() []Scene {
	return slices.Concat(public(), rights(), office(), sequences(), campaignList(), results(), editor(), people(), forms(), blocks(), offered(), emails(), offerEditor(), formEditor(), share(), publishing(), settings())
}

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// A licence is known by words that only its text holds, in small letters and without commas.
type licence struct {
	id    string // SPDX
	words string
	// unless these follow too, for texts that one licence has and another has more of.
	unless string
}

// allowed licences let the program be given to anyone under any terms, with a notice. A module under any
// other stops the test.
var allowed = []licence{
	{"0BSD", "zero-clause bsd", ""},
	{"Apache-2.0", "apache license version 2.0", ""},
	{"BSD-2-Clause", "redistributions in binary form must reproduce", "neither the name"},
	{"BSD-3-Clause", "neither the name", ""},
	{"ISC", "permission to use copy modify and/or distribute this software for any purpose", "zero-clause bsd"},
	{"MIT", "permission is hereby granted free of charge", "sil open font license"},
	{"MPL-2.0", "mozilla public license version 2.0", ""},
	{"OFL-1.1", "sil open font license version 1.1", ""},
}

var space = regexp.MustCompile(`\s+`)

// identify names the licences whose words a text holds.
func identify(text string) (ids []string) {
	plain := strings.ToLower(space.ReplaceAllString(strings.ReplaceAll(text, ",", ""), " "))
	for _, l := range allowed {
		if strings.Contains(plain, l.words) && (l.unless == "" || !strings.Contains(plain, l.unless)) {
			ids = append(ids, l.id)
		}
	}
	return ids
}

var (
	licenceFile = regexp.MustCompile(`(?i)^(licen[cs]e|copying)(\.(txt|md))?$`)
	noticeFile  = regexp.MustCompile(`(?i)^notice(\.(txt|md))?$`)
	holder      = regexp.MustCompile(`(?im)^[\s/#*]*(?:\w+ work )?((?:copyright\s+)(?:\(c\)|©)\s*\S.*|copyright,?\s+(?:19|20)\d\d\b.*|(?:\(c\)|©)\s*(?:copyright\s+)?(?:19|20)\d\d\b.*)$`)
)

// A terms is what a work is given under.
type terms struct {
	ids, holders []string
	texts        []string // of the licences
	notices      []string
}

// termsOf reads the licence of a work beside it.
func termsOf(w Work) (t terms, err error) {
	files := w.Licences
	entries, err := os.ReadDir(w.Dir)
	if err != nil {
		return t, err
	}
	for _, e := range entries {
		if len(w.Licences) == 0 && licenceFile.MatchString(e.Name()) {
			files = append(files, e.Name())
		}
		if noticeFile.MatchString(e.Name()) {
			text, err := os.ReadFile(filepath.Join(w.Dir, e.Name()))
			if err != nil {
				return t, err
			}
			t.notices = append(t.notices, strings.TrimSpace(string(text)))
		}
	}
	for _, name := range files {
		raw, err := os.ReadFile(filepath.Join(w.Dir, name))
		if err != nil {
			return t, err
		}
		text := string(raw)
		t.ids = append(t.ids, identify(text)...)
		t.texts = append(t.texts, text)
		for _, m := range holder.FindAllStringSubmatch(text, -1) {
			if h := tidyHolder(m[1]); h != "" && !slices.Contains(t.holders, h) {
				t.holders = append(t.holders, h)
			}
		}
	}
	slices.Sort(t.ids)
	if t.ids = slices.Compact(t.ids); len(t.ids) == 0 {
		return t, fmt.Errorf("%s: no licence found that is allowed (in %q)", w.Name, files)
	}
	return t, nil
}

var saysCopyright = regexp.MustCompile(`(?i)copyright|\(c\)|©`)

// tidyHolder leaves the years and the name, to the end of an address in brackets.
func tidyHolder(line string) string {
	line = saysCopyright.ReplaceAllString(line, "")
	line, _, _ = strings.Cut(line, "All rights reserved")
	if who, _, ok := strings.Cut(line, ") "); ok {
		line = who + ")"
	}
	return strings.Trim(space.ReplaceAllString(line, " "), " .,;")
}

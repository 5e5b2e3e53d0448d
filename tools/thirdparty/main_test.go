package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const root = "../.."

// The list names what is linked now, and everything in it has a licence that we allow: write fails otherwise.
func TestThirdPartyIsFresh(t *testing.T) {
	want, err := write(root)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := os.ReadFile(filepath.Join(root, document))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(kept, want) {
		t.Errorf("%s is out of date: run `go run ./tools/thirdparty`", document)
	}
}

// Whatever font or packed script lies in the tree lies in a folder that the list names.
func TestVendoredFilesAreListed(t *testing.T) {
	inside, beside := carried(root, "")
	var known []string
	for _, w := range slices.Concat(inside, beside) {
		known = append(known, filepath.Clean(w.Dir))
	}
	found := 0
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() && strings.HasPrefix(d.Name(), ".") && path != root {
			return filepath.SkipDir
		}
		switch name := d.Name(); {
		case strings.HasSuffix(name, ".woff2"), strings.HasSuffix(name, ".ttf"), strings.HasSuffix(name, ".otf"), strings.HasSuffix(name, ".min.js"):
			found++
			if !slices.Contains(known, filepath.Dir(path)) {
				t.Errorf("%s: whose is it? Name it in carried", path)
			}
		}
		return nil
	})
	if err != nil || found == 0 {
		t.Fatalf("%d files: %v", found, err)
	}
}

func TestIdentify(t *testing.T) {
	for text, want := range map[string]string{
		"Permission is hereby granted, free of\ncharge, to any person":                                          "MIT",
		"Redistributions in binary form must reproduce the above":                                               "BSD-2-Clause",
		"Redistributions in binary form must reproduce the above. Neither the name of the holder":               "BSD-3-Clause",
		"                                 Apache License\n                           Version 2.0, January 2004": "Apache-2.0",
		"SIL OPEN FONT LICENSE Version 1.1: Permission is hereby granted, free of charge":                       "OFL-1.1",
		"GNU GENERAL PUBLIC LICENSE Version 3, 29 June 2007":                                                    "",
		"All rights reserved.": "",
	} {
		if got := strings.Join(identify(text), " "); got != want {
			t.Errorf("%q: %q, not %q", text, got, want)
		}
	}
}

func TestHolders(t *testing.T) {
	for line, want := range map[string]string{
		"Copyright (c) 2012 Alex Ogier. All rights reserved.":                      "2012 Alex Ogier",
		"   Copyright 2013-2015 Blake Mizerany":                                    "2013-2015 Blake Mizerany",
		"Modified work Copyright (c) 2016 V. Mihailenco":                           "2016 V. Mihailenco",
		"Copyright (c) Yasuhiro MATSUMOTO":                                         "Yasuhiro MATSUMOTO",
		"   (c) You must retain, in the Source form":                               "",
		"(c) 2019 Somebody":                                                        "2019 Somebody",
		"Copyright © 2020, the authors":                                            "2020, the authors",
		"The above copyright notice and this permission notice":                    "",
		"   Copyright [yyyy] [name of copyright owner]":                            "",
		"   2. Grant of Copyright License. Subject to the terms and conditions of": "",
	} {
		got := ""
		if m := holder.FindStringSubmatch(line); m != nil {
			got = tidyHolder(m[1])
		}
		if got != want {
			t.Errorf("%q: %q, not %q", line, got, want)
		}
	}
}

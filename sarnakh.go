// Package sarnakh embeds what the program carries of the top folder.
package sarnakh

import _ "embed"

// ConfigYAML holds every setting with its default and a comment: it is the defaults.
//
//go:embed config.yaml
var ConfigYAML []byte

// Package ui holds the pieces that pages are made of: buttons, fields, badges and icons, each with its small
// typed props. What they look like is in static/css/base.css under the same names.
package ui

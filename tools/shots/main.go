// Command shots starts the program and takes a picture of every page in every state: in both languages, on a
// phone and on a desktop, and of the back office in both sets of colours. Chromium has to be installed:
//
//	go run ./tools/shots -out shots
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"sarnakh/e2e/browser"
	"sarnakh/e2e/program"
	"sarnakh/e2e/scenes"
)

func main() {
	log.SetFlags(0)
	out := flag.String("out", "shots", "folder to write to")
	only := flag.String("only", "", "take only the scenes whose names begin so")
	flag.Parse()
	if err := run(*out, *only); err != nil {
		log.Fatal("shots: ", err)
	}
}

func run(out, only string) error {
	dir, err := os.MkdirTemp("", "sarnakh-shots-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	binary, err := program.Build(dir)
	if err != nil {
		return err
	}
	b, err := browser.Start()
	if err != nil {
		return err
	}
	defer b.Close()
	world, err := scenes.New(binary, b, dir, scenes.Seed{Leads: 300, Events: 4000})
	if err != nil {
		return err
	}
	defer world.Close()
	return takeAll(world, out, only)
}

func takeAll(world *scenes.World, out, only string) error {
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	for _, scene := range scenes.All() {
		if !strings.HasPrefix(scene.Name, only) {
			continue
		}
		for _, locale := range scenes.Locales {
			if err := take(world, scene, locale, out); err != nil {
				return fmt.Errorf("%s in %s: %w", scene.Name, locale, err)
			}
		}
		fmt.Println(scene.Name)
	}
	return nil
}

// frames are the widths that pictures are taken in.
var frames = []struct {
	name  string
	width int64
}{{"desktop", browser.Desktop}, {"phone", browser.Phone}}

func take(world *scenes.World, scene scenes.Scene, locale, out string) error {
	stage, err := world.Stage(scene.Who, locale)
	if err != nil {
		return err
	}
	stage.Resize(browser.Desktop)
	stage.Dark(false)
	scene.Open(stage)
	for _, frame := range frames {
		stage.Resize(frame.width)
		for _, dark := range []bool{false, true} {
			if dark && !scene.Who.Office() || frame.width != browser.Phone && scene.Phone {
				continue
			}
			stage.Dark(dark)
			if err := write(stage, filepath.Join(out, name(scene.Name, locale, frame.name, dark))); err != nil {
				return err
			}
		}
	}
	return nil
}

func name(scene, locale, frame string, dark bool) string {
	if dark {
		scene += "-dark"
	}
	return scene + "." + locale + "." + frame + ".png"
}

func write(stage *scenes.Stage, path string) error {
	picture := stage.Picture()
	if err := stage.Err(); err != nil {
		return err
	}
	return os.WriteFile(path, picture, 0o644)
}

// Command bench measures the program from outside, over HTTP, as visitors load it: submissions per second
// with their latency and CPU, pages per second, and how soon a salesperson hears beside that load. Each
// figure is printed with the command that repeats it. See docs/performance.md.
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"time"
)

// options of a run.
type options struct {
	what        string
	engine      string
	connections int
	posts       int
	seconds     int
	binary      string
	profile     string
	seedLeads   int
	seedEvents  int
	campaigns   int
	gzip        bool
}

func main() {
	o := options{}
	flag.StringVar(&o.engine, "engine", "sqlite", "sqlite or postgres (SARNAKH_TEST_POSTGRES names the server)")
	flag.IntVar(&o.connections, "connections", 0, "connections at once; 16 and then 64 where 0")
	flag.IntVar(&o.posts, "posts", 30_000, "submissions to send")
	flag.IntVar(&o.seconds, "seconds", 8, "how long pages are asked for")
	flag.StringVar(&o.binary, "binary", "", "the program; built from this checkout where empty")
	flag.StringVar(&o.profile, "profile", "", "write the program's profiles to this path with .cpu, .heap and .allocs")
	flag.IntVar(&o.seedLeads, "seed-leads", 0, "leads in the database before")
	flag.IntVar(&o.seedEvents, "seed-events", 0, "events in the database before")
	flag.IntVar(&o.campaigns, "campaigns", 0, "published campaigns beside the first ones; the load goes to each in turn")
	flag.BoolVar(&o.gzip, "gzip", true, "ask for compressed pages, as browsers do")
	flag.Usage = func() {
		fmt.Fprintln(os.Stderr, "usage: go run ./bench [flags] submissions|pages|office|smtp|all")
		flag.PrintDefaults()
	}
	flag.Parse()
	o.what = flag.Arg(0)
	if err := run(o); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(o options) error {
	if o.binary == "" {
		binary, clean, err := build()
		if err != nil {
			return err
		}
		defer clean()
		o.binary = binary
	}
	switch o.what {
	case "submissions":
		return eachConnections(o, submissions)
	case "pages":
		o.connections = max(o.connections, 16)
		return pages(o)
	case "office":
		return office(o)
	case "smtp":
		return eachConnections(o, away)
	case "", "all":
		return everything(o)
	}
	return fmt.Errorf("no measurement is called %q", o.what)
}

func eachConnections(o options, measure func(options) error) error {
	if o.connections > 0 {
		return measure(o)
	}
	for _, n := range []int{16, 64} {
		o.connections = n
		if err := measure(o); err != nil {
			return err
		}
	}
	return nil
}

func everything(o options) error {
	for _, engine := range []string{"sqlite", "postgres"} {
		o.engine = engine
		if engine == "postgres" && os.Getenv("SARNAKH_TEST_POSTGRES") == "" {
			fmt.Println("postgres: left out, SARNAKH_TEST_POSTGRES is not set (run `make bench`)")
			continue
		}
		if err := eachConnections(o, submissions); err != nil {
			return err
		}
	}
	o.engine, o.connections = "sqlite", 16
	return pages(o)
}

// percentile of sorted durations.
func percentile(sorted []time.Duration, p float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(int(float64(len(sorted))*p), len(sorted)-1)]
}

func millis(d time.Duration) string {
	return strings.TrimSuffix(fmt.Sprintf("%.1f ms", float64(d)/float64(time.Millisecond)), "")
}

package browser

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
)

// A Load is one thing that a page fetched.
type Load struct {
	URL      string
	Type     network.ResourceType
	Status   int
	Headers  map[string]string // names in small letters
	Bytes    int               // over the wire, headers included
	Blocking bool              // nothing is drawn before it is there
	Done     bool
}

// hear takes in what the browser tells of a tab.
func (t *Tab) hear(event any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		t.requested(e)
	case *network.EventResponseReceived:
		if l := t.loads[e.RequestID]; l != nil {
			l.answered(e.Response)
		}
	case *network.EventLoadingFinished:
		if l := t.loads[e.RequestID]; l != nil {
			l.Bytes, l.Done = int(e.EncodedDataLength), true
		}
	case *network.EventLoadingFailed:
		if l := t.loads[e.RequestID]; l != nil {
			l.Done = true
		}
	case *runtime.EventConsoleAPICalled:
		t.notice("console.%s: %s", e.Type, said(e.Args))
	case *runtime.EventExceptionThrown:
		words := e.ExceptionDetails.Text
		if e.ExceptionDetails.Exception != nil {
			words += " " + e.ExceptionDetails.Exception.Description
		}
		t.notice("exception: %s", words)
	case *page.EventJavascriptDialogOpening:
		t.asked++
		go t.leave()
	case *log.EventEntryAdded:
		t.logged(e.Entry)
	}
}

func (t *Tab) notice(format string, args ...any) {
	t.seen = append(t.seen, fmt.Sprintf(format, args...))
}

func said(args []*runtime.RemoteObject) string {
	var words []string
	for _, a := range args {
		words = append(words, string(a.Value)+a.Description)
	}
	return strings.Join(words, " ")
}

func (t *Tab) requested(e *network.EventRequestWillBeSent) {
	if l := t.loads[e.RequestID]; l != nil && e.RedirectResponse != nil {
		l.answered(e.RedirectResponse)
		l.Bytes, l.Done = int(e.RedirectResponse.EncodedDataLength), true
	}
	l := &Load{URL: e.Request.URL, Type: e.Type, Blocking: e.RenderBlockingBehavior == network.RenderBlockingBehaviorBlocking}
	t.loads[e.RequestID] = l
	t.order = append(t.order, l)
	if ours := strings.HasPrefix(l.URL, t.person.Site+"/"); !ours && !strings.HasPrefix(l.URL, "data:") && l.URL != "about:blank" {
		t.notice("request to elsewhere: %s", l.URL)
	}
}

func (l *Load) answered(r *network.Response) {
	l.Status, l.Headers = int(r.Status), map[string]string{}
	for name, value := range r.Headers {
		l.Headers[strings.ToLower(name)] = fmt.Sprint(value)
	}
}

// logged: that a page came with an error's status is no fault of the page, and tests look at the status.
func (t *Tab) logged(e *log.Entry) {
	if l := t.loads[e.NetworkRequestID]; e.Source == log.EntrySourceNetwork && l != nil && (l.Type == network.ResourceTypeDocument || l.refusal()) {
		return
	}
	if e.Level == log.EntryLevelError || e.Level == log.EntryLevelWarning {
		t.notice("%s %s: %s %s", e.Source, e.Level, e.Text, e.URL)
	}
}

// refusal tells whether a form that a script sent was answered as forms are that have to be filled in again.
func (l *Load) refusal() bool {
	return l.Type == network.ResourceTypeFetch && slices.Contains([]int{http.StatusUnauthorized, http.StatusConflict, http.StatusUnprocessableEntity}, l.Status)
}

// Asked is how often pages asked whether to leave them.
func (t *Tab) Asked() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.asked
}

// Noticed is what pages did since it was last asked that pages should not do: errors and warnings in the
// console, violations of the security policy among them, and requests to anywhere else.
func (t *Tab) Noticed() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	seen := t.seen
	t.seen = nil
	return seen
}

// Loads are the things fetched since the last page was opened.
func (t *Tab) Loads() []Load {
	t.mu.Lock()
	defer t.mu.Unlock()
	out := make([]Load, len(t.order))
	for i, l := range t.order {
		out[i] = *l
	}
	return out
}

// Rest waits until the page fetches nothing more.
func (t *Tab) Rest() {
	for begin, idle := time.Now(), 0; t.err == nil && idle < 5; time.Sleep(100 * time.Millisecond) {
		if idle++; slices.ContainsFunc(t.Loads(), func(l Load) bool { return !l.Done && l.Type != network.ResourceTypePing }) {
			idle = 0
		}
		if time.Since(begin) > patience {
			t.failed("rest", context.DeadlineExceeded)
		}
	}
}

func (t *Tab) forget() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.order, t.loads = nil, map[network.RequestID]*Load{}
}

package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// A press prints books with Chromium, from a small server on this machine: only a browser's shaping joins
// Persian letters rightly and sets them from right to left.
type press struct {
	ctx    context.Context
	close  func()
	server *httptest.Server
	sheet  []byte // the page being printed
}

func startPress(ctx context.Context, browser string) (*press, error) {
	p := &press{}
	mux := http.NewServeMux()
	mux.Handle("/", http.FileServerFS(source))
	mux.HandleFunc("/print", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", xhtml)
		w.Write(p.sheet)
	})
	p.server = httptest.NewServer(mux)
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(browser), chromedp.NoSandbox,
		chromedp.DisableGPU, chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	ctx, stop := chromedp.NewExecAllocator(ctx, options...)
	p.ctx, _ = chromedp.NewContext(ctx)
	p.close = func() { stop(); p.server.Close() }
	if err := chromedp.Do(p.ctx); err != nil {
		p.close()
		return nil, fmt.Errorf("start %s: %w", browser, err)
	}
	return p, nil
}

// print returns the finished PDF and the cover as a JPEG. The first pull finds the page numbers of the contents.
func (p *press) print(b *Book) (pdf, cover []byte, err error) {
	draft, _, err := p.pull(b)
	if err != nil {
		return nil, nil, err
	}
	if b.Pages, err = sectionPages(draft); err != nil {
		return nil, nil, err
	}
	if pdf, cover, err = p.pull(b); err != nil {
		return nil, nil, err
	}
	pdf, err = describe(pdf, b)
	return pdf, cover, err
}

// pull loads the book's sheet and takes a print of it and a picture of its cover.
func (p *press) pull(b *Book) (pdf, cover []byte, err error) {
	if p.sheet, err = fill("print.xhtml", b); err != nil {
		return nil, nil, err
	}
	ctx, stop := context.WithTimeout(p.ctx, time.Minute)
	defer stop()
	err = chromedp.Do(ctx,
		chromedp.EmulateViewport(665, 945, chromedp.EmulateScale(1.6)), // the cover, 176 by 250 mm
		chromedp.Navigate(p.server.URL+"/print"),
		chromedp.Evaluate[chromedp.Void]("document.fonts.ready", chromedp.EvalAwaitPromise))
	if err != nil {
		return nil, nil, err
	}
	if cover, err = chromedp.Run(ctx, pictureOfView); err != nil {
		return nil, nil, err
	}
	pdf, err = chromedp.Run(ctx, chromedp.PrintToPDF(func(o *page.PrintToPDFParams) {
		yes := true
		o.PreferCSSPageSize, o.PrintBackground, o.GenerateTaggedPDF, o.GenerateDocumentOutline = &yes, &yes, &yes, &yes
	}))
	return pdf, cover, err
}

func pictureOfView(ctx context.Context, t *chromedp.Target) ([]byte, error) {
	quality := int64(88)
	shot, err := cdp.Call(ctx, t, page.CaptureScreenshot, page.CaptureScreenshotParams{
		Format: page.CaptureScreenshotFormatJpeg, Quality: &quality})
	return shot.Data, err
}

package program

import (
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"

	"golang.org/x/net/html"
)

// A Client asks the server over HTTP, keeps its cookies, and follows no redirect.
type Client struct {
	http *http.Client
	site string
}

// Client is a new one.
func (p *Program) Client() *Client {
	jar, _ := cookiejar.New(nil) // never fails
	return &Client{
		&http.Client{Jar: jar, Timeout: Patience, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
		p.URL,
	}
}

// An Answer is a response whose body has been read.
type Answer struct {
	*http.Response
	Text string
}

// Do sends a request; its address may be a path.
func (c *Client) Do(r *http.Request) (Answer, error) {
	if r.URL.Host == "" {
		site, err := url.Parse(c.site)
		if err != nil {
			return Answer{}, err
		}
		r.URL.Scheme, r.URL.Host = site.Scheme, site.Host
	}
	response, err := c.http.Do(r)
	if err != nil {
		return Answer{}, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	return Answer{response, string(body)}, err
}

// Get asks for a path.
func (c *Client) Get(path string) (Answer, error) {
	r, err := http.NewRequest(http.MethodGet, path, nil)
	if err != nil {
		return Answer{}, err
	}
	return c.Do(r)
}

// Post sends a form to a path.
func (c *Client) Post(path string, form url.Values) (Answer, error) {
	r, err := http.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	if err != nil {
		return Answer{}, err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return c.Do(r)
}

// SetPassword opens a one-time link and chooses a password, which signs the client in.
func (c *Client) SetPassword(link string, form url.Values) error {
	a, err := c.Post(link, form)
	if err == nil && a.StatusCode != http.StatusSeeOther {
		err = fmt.Errorf("setting a password answered %d", a.StatusCode)
	}
	return err
}

// Fill opens a campaign's page and returns the fields of its form as they stand there, the view's token among
// them, with the answers put in.
func (c *Client) Fill(page string, answers url.Values) (url.Values, error) {
	a, err := c.Get(page)
	if err != nil {
		return nil, err
	}
	doc, err := html.Parse(strings.NewReader(a.Text))
	if err != nil {
		return nil, err
	}
	form := url.Values{}
	for n := range doc.Descendants() {
		if n.Data == "input" && attr(n, "name") != "" && (attr(n, "type") == "hidden" || attr(n, "type") == "") {
			form.Set(attr(n, "name"), attr(n, "value"))
		}
	}
	if form.Get("_token") == "" {
		return nil, fmt.Errorf("%s answered %d, without a form", page, a.StatusCode)
	}
	for name, values := range answers {
		form[name] = values
	}
	return form, nil
}

// Submit fills a campaign's form in and sends it; it returns the path of the thank-you page.
func (c *Client) Submit(page string, answers url.Values) (string, error) {
	form, err := c.Fill(page, answers)
	if err != nil {
		return "", err
	}
	path, _, _ := strings.Cut(page, "?")
	a, err := c.Post(path, form)
	if err == nil && a.StatusCode != http.StatusSeeOther {
		err = fmt.Errorf("the form of %s answered %d", page, a.StatusCode)
	}
	return a.Header.Get("Location"), err
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

package admin

import (
	"bytes"
	"net/http"
	"strings"

	"sarnakh/handlers/web"
	"sarnakh/models"
	"sarnakh/templates/admin"
	"sarnakh/templates/ui"

	"github.com/labstack/echo/v4"
)

// offerPreview shows what comes of a draft's offer, to somebody made up.
func (h *Handlers) offerPreview(c echo.Context, campaign *models.Campaign, draft *models.Draft, as string) error {
	p := &models.Published{Campaign: *campaign, Version: models.CampaignVersion{CampaignID: campaign.ID, Number: 1, CreatedAt: draft.At, Doc: draft.Doc}}
	if as == asThanksPage {
		return h.showThanks(c, p)
	}
	mail, err := h.Leads.PreviewDelivery(c.Request().Context(), p)
	if err != nil {
		return err
	}
	if as == asMailHTML {
		header := c.Response().Header()
		header["Content-Security-Policy"], header["X-Frame-Options"] = []string{h.mailPolicy("https: ")}, []string{"SAMEORIGIN"}
		header.Set("Cache-Control", "no-store")
		return c.HTML(http.StatusOK, strings.Replace(mail.HTML, "<head>", `<head><base target="_blank">`, 1))
	}
	shell, head, err := h.campaignShell(c, campaign, partOffer)
	if err != nil {
		return err
	}
	here := campaignURL(campaign.ID) + "/preview?as="
	props := admin.OfferMailProps{Shell: shell, Head: head, Subject: mail.Subject, From: mail.FromName, BackURL: campaignURL(campaign.ID) + partOffer}
	for _, a := range mail.Attachments {
		props.Files = append(props.Files, a.Name)
	}
	for view, key := range [...]string{viewWide, viewPhone, viewText} {
		at := [...]string{asMail, asPhone, asText}[view]
		props.Views = append(props.Views, ui.Tab{Text: shell.Loc.T("sequence.view." + key), URL: here + at, Current: at == as})
	}
	switch as {
	case asText:
		props.Text = mail.Text
	case asPhone:
		props.Phone, props.FrameURL = true, here+asMailHTML
	default:
		props.FrameURL = here + asMailHTML
	}
	c.Response().Header()["Content-Security-Policy"] = framePolicy
	return web.HTML(c, http.StatusOK, admin.OfferMail(props))
}

// showThanks is the page after the form. Its buttons do nothing.
func (h *Handlers) showThanks(c echo.Context, p *models.Published) error {
	var page bytes.Buffer
	if err := h.Pages.PreviewThanks(c.Request().Context(), &page, p); err != nil {
		return err
	}
	header := c.Response().Header()
	header["Content-Security-Policy"], header["X-Frame-Options"] = []string{draftPolicy}, []string{"SAMEORIGIN"}
	header.Set("Cache-Control", "no-store")
	return c.HTMLBlob(http.StatusOK, scriptTag.ReplaceAll(page.Bytes(), nil))
}

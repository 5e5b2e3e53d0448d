package public

import (
	"mime"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
)

// fileTime is how long one answer with a file may take: a large book over a bad network.
const fileTime = 30 * time.Minute

// FileServe sends a file whose address was signed within the hour; ranges work, so that a broken download
// goes on where it stopped.
func (h *Handlers) FileServe(c echo.Context) error {
	id, err := h.Leads.FileOf(c.Param("key"))
	if err != nil {
		return err
	}
	file, err := h.Store.File(c.Request().Context(), id)
	if err != nil {
		return err
	}
	content, err := h.Files.Open(file.SHA256)
	if err != nil {
		return err
	}
	defer content.Close()
	_ = http.NewResponseController(c.Response()).SetWriteDeadline(time.Now().Add(fileTime))
	header := c.Response().Header()
	header.Set("Content-Type", file.Type)
	header.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": file.Name}))
	header.Set("Cache-Control", "private, no-store")
	header.Set("ETag", `"`+file.SHA256[:32]+`"`)
	http.ServeContent(c.Response(), c.Request(), "", file.CreatedAt.Time(), content)
	return nil
}

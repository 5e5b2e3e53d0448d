package public

import (
	"io"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"

	"sarnakh/models"
	"sarnakh/pictures"

	"github.com/labstack/echo/v4"
)

// pictureTypes are the pictures that this program makes.
var pictureTypes = map[string]string{".jpg": "image/jpeg", ".png": "image/png"}

// forEver: a browser may keep what has its own hash in its address.
const forEver = "public, max-age=31536000, immutable"

// MediaShow sends a picture of a page. The files beside it are none of anybody's business: what does not begin as a
// picture does is not there.
func (h *Handlers) MediaShow(c echo.Context) error {
	key := c.Param("key")
	ext := path.Ext(key)
	kind, ok := pictureTypes[ext]
	if !ok {
		return models.ErrNotFound
	}
	sum := strings.TrimSuffix(key, ext)
	if sum != strings.ToLower(sum) { // one address for one picture
		return models.ErrNotFound
	}
	file, err := h.Files.Open(sum)
	if err != nil {
		return err
	}
	defer file.Close()
	size, err := pictureSize(file, ext)
	if err != nil {
		return err
	}
	_ = http.NewResponseController(c.Response()).SetWriteDeadline(time.Now().Add(mediaTime))
	header := c.Response().Header()
	header.Set("Content-Type", kind)
	header.Set("Content-Length", strconv.FormatInt(size, 10))
	header.Set("Cache-Control", forEver)
	header.Set("Cross-Origin-Resource-Policy", "cross-origin") // mails that are read in a browser show it too
	c.Response().WriteHeader(http.StatusOK)
	if c.Request().Method == http.MethodHead {
		return nil
	}
	_, err = io.Copy(c.Response(), file)
	return err
}

// mediaTime is how long one picture may take over a bad network.
const mediaTime = 5 * time.Minute

// pictureSize looks at a file's first bytes, and goes back to its beginning.
func pictureSize(file io.ReadSeeker, ext string) (int64, error) {
	var start [16]byte
	n, err := io.ReadFull(file, start[:])
	if err != nil && err != io.ErrUnexpectedEOF && err != io.EOF {
		return 0, err
	}
	if "."+pictures.Ext(start[:n]) != ext {
		return 0, models.ErrNotFound
	}
	size, err := file.Seek(0, io.SeekEnd)
	if err != nil {
		return 0, err
	}
	_, err = file.Seek(0, io.SeekStart)
	return size, err
}

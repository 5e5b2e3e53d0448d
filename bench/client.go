package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"strconv"
)

// A client is one kept-open HTTP/1.1 connection that does as little as a client can: what it costs is taken
// from the same two cores as the program.
type client struct {
	conn net.Conn
	r    *bufio.Reader
	addr string
	body []byte
}

func dial(addr string) (*client, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	return &client{conn: conn, r: bufio.NewReaderSize(conn, 64<<10), addr: addr}, nil
}

// do sends a request as it is and returns status and body; the body is good until the next call.
func (c *client) do(request []byte) (status int, location []byte, body []byte, err error) {
	if _, err := c.conn.Write(request); err != nil {
		return 0, nil, nil, err
	}
	line, err := c.r.ReadSlice('\n')
	if err != nil || len(line) < 12 {
		return 0, nil, nil, fmt.Errorf("no answer: %w", err)
	}
	status, _ = strconv.Atoi(string(line[9:12]))
	length := 0
	for {
		line, err := c.r.ReadSlice('\n')
		if err != nil {
			return 0, nil, nil, err
		}
		line = bytes.TrimRight(line, "\r\n")
		if len(line) == 0 {
			break
		}
		switch {
		case has(line, "Content-Length: "):
			length, _ = strconv.Atoi(string(line[16:]))
		case has(line, "Location: "):
			location = append(location[:0], line[10:]...)
		}
	}
	if cap(c.body) < length {
		c.body = make([]byte, length)
	}
	c.body = c.body[:length]
	_, err = io.ReadFull(c.r, c.body)
	return status, location, c.body, err
}

func has(line []byte, prefix string) bool {
	return len(line) >= len(prefix) && string(line[:len(prefix)]) == prefix
}

// get is a request for a page, as a browser asks.
func get(addr, path string, gzip bool) []byte {
	encoding := ""
	if gzip {
		encoding = "Accept-Encoding: gzip, deflate, br\r\n"
	}
	return []byte("GET " + path + " HTTP/1.1\r\nHost: " + addr + "\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\n" + encoding + "\r\n")
}

// post is a form as a browser sends it.
func post(dst []byte, addr, path string, form []byte) []byte {
	dst = append(dst[:0], "POST "...)
	dst = append(append(dst, path...), " HTTP/1.1\r\nHost: "...)
	dst = append(append(dst, addr...), "\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "...)
	dst = strconv.AppendInt(dst, int64(len(form)), 10)
	return append(append(dst, "\r\n\r\n"...), form...)
}

package main

import (
	"bytes"
	"errors"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// receipt is a .tlog-proof file.
type receipt struct {
	index  int64
	path   tlog.RecordProof
	signed *checkpoint
}

// parseReceipt reads a receipt and checks its checkpoint.
func parseReceipt(known *policy, data []byte) (*receipt, error) {
	head, note, found := bytes.Cut(data, []byte("\n\n"))
	lines := strings.Split(string(head), "\n")
	if !found || lines[0] != "c2sp.org/tlog-proof@v1" {
		return nil, errors.New("no receipt: the first line or the empty line is missing")
	}
	lines = lines[1:]
	if len(lines) > 0 && strings.HasPrefix(lines[0], "extra ") {
		if _, err := strictBase64(lines[0][len("extra "):]); err != nil {
			return nil, err
		}
		lines = lines[1:]
	}
	if len(lines) == 0 || !strings.HasPrefix(lines[0], "index ") || len(lines) > 64 {
		return nil, errors.New("no receipt: the index is missing, or the proof is too long")
	}
	index, err := strictNumber(lines[0][len("index "):])
	if err != nil {
		return nil, err
	}
	read := &receipt{index: index}
	for _, line := range lines[1:] {
		hash, err := strictHash(line)
		if err != nil {
			return nil, err
		}
		read.path = append(read.path, hash)
	}
	read.signed, err = known.open(note)
	return read, err
}

func readReceipt(known *policy, path string) (*receipt, error) {
	data, err := readFile(path, maxNote)
	if err != nil {
		return nil, err
	}
	return parseReceipt(known, data)
}

package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

var emptyHash = tlog.Hash(sha256.Sum256(nil))

// tiles reads the files of a log for tlog; it keeps the tiles above the leaves, which are asked for again.
type tiles struct {
	folder string
	kept   map[tlog.Tile][]byte
}

func newTiles(folder string) *tiles { return &tiles{folder, map[tlog.Tile][]byte{}} }

// Height is that of tlog-tiles: 256 hashes in a tile.
func (t *tiles) Height() int { return 8 }

// SaveTiles has nothing to do: the files are there.
func (t *tiles) SaveTiles([]tlog.Tile, [][]byte) {}

// ReadTiles reads tiles as tlog-tiles names them: without the height.
func (t *tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	found := make([][]byte, len(wanted))
	for place, tile := range wanted {
		data, kept := t.kept[tile]
		if !kept {
			var err error
			if data, err = t.read(tile); err != nil {
				return nil, err
			}
			if tile.L > 0 {
				t.kept[tile] = data
			}
		}
		found[place] = data
	}
	return found, nil
}

// read reads one tile. A publisher may delete a partial tile once a wider one is there: then that is cut.
func (t *tiles) read(tile tlog.Tile) ([]byte, error) {
	wider := tile
	for {
		name := strings.Replace(wider.Path(), "tile/8/", "tile/", 1)
		data, err := readFile(filepath.Join(t.folder, name), width*tlog.HashSize)
		if err == nil && len(data) != wider.W*tlog.HashSize {
			return nil, fmt.Errorf("%s has %d bytes", name, len(data))
		}
		if err == nil {
			return data[:tile.W*tlog.HashSize], nil
		}
		if !errors.Is(err, fs.ErrNotExist) || wider.W == width {
			return nil, err
		}
		wider.W++
	}
}

// readBundle reads the entries of a bundle, as many as a log of this size has.
func readBundle(folder string, number, size int64) ([][]byte, error) {
	count := size - number*width
	if count > width {
		count = width
	}
	for wide := count; wide <= width; wide++ {
		tile := tlog.Tile{H: 8, L: -1, N: number, W: int(wide)}
		name := strings.Replace(tile.Path(), "tile/8/data/", "tile/entries/", 1)
		data, err := readFile(filepath.Join(folder, name), maxBundle)
		if errors.Is(err, fs.ErrNotExist) && wide < width {
			continue
		}
		if err != nil {
			return nil, err
		}
		entries, err := unpack(data)
		if err == nil && int64(len(entries)) != wide {
			err = fmt.Errorf("%d entries in place of %d", len(entries), wide)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %v", name, err)
		}
		return entries[:count], nil
	}
	return nil, fmt.Errorf("bundle %d is beyond the log", number)
}

// unpack splits a bundle: entries, each behind its length in two bytes.
func unpack(data []byte) ([][]byte, error) {
	entries := make([][]byte, 0, width)
	for len(data) > 0 {
		if len(data) < 2 {
			return nil, errors.New("cut off within a length")
		}
		end := 2 + int(data[0])<<8 + int(data[1])
		if end > len(data) {
			return nil, errors.New("cut off within an entry")
		}
		entries = append(entries, data[2:end])
		data = data[end:]
	}
	return entries, nil
}

// Reads every document of a list by gofeed: `gofeed LIST RESULTS`, a line of JSON for each.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"log"
	"os"
	"strings"

	"github.com/mmcdole/gofeed"
)

type item struct {
	Title string `json:"title"`
	Link  string `json:"link"`
}

type reading struct {
	Known bool   `json:"known"`
	Items []item `json:"items"`
}

func read(path string) reading {
	document, err := os.ReadFile(path)
	if err != nil {
		log.Fatal(err)
	}
	feed, err := gofeed.NewParser().Parse(bytes.NewReader(document))
	if err != nil {
		return reading{Items: []item{}}
	}
	items := []item{}
	for _, entry := range feed.Items {
		items = append(items, item{entry.Title, entry.Link})
	}
	return reading{Known: true, Items: items}
}

func main() {
	paths, err := os.ReadFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	file, err := os.Create(os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	defer file.Close()
	results := bufio.NewWriter(file)
	defer results.Flush()
	encoder := json.NewEncoder(results)
	for _, path := range strings.Fields(string(paths)) {
		if err := encoder.Encode(read(path)); err != nil {
			log.Fatal(err)
		}
	}
}

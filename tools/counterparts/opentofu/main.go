// A stand-in for a provider of Terraform, named by its own file: it has the schema in schema.json
// beside it, and makes of every plan a resource, with values of its own for what the cloud would
// fill in. There is no cloud behind it.
package main

import (
	"log"
	"os"
	"path/filepath"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tfprotov5/tf5server"
)

func main() {
	file, err := os.Executable()
	if err != nil {
		log.Fatal(err)
	}
	schemas, err := readSchemas(filepath.Join(filepath.Dir(file), "schema.json"))
	if err != nil {
		log.Fatal(err)
	}
	name, _, _ := strings.Cut(strings.TrimPrefix(filepath.Base(file), "terraform-provider-"), "_")
	err = tf5server.Serve("hashicorp/"+name, func() tfprotov5.ProviderServer {
		return &provider{schemas: schemas}
	})
	if err != nil {
		log.Fatal(err)
	}
}

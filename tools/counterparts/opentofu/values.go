package main

import (
	"crypto/rand"
	"math/big"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

const account = "111122223333"

// valueFor is what a cloud might say: of the right form where modules look at that.
func valueFor(resource, called, name string, kind tftypes.Type) tftypes.Value {
	switch of := kind.(type) {
	case tftypes.List:
		return tftypes.NewValue(of, []tftypes.Value{valueFor(resource, called, name, of.ElementType)})
	case tftypes.Map:
		return tftypes.NewValue(of, map[string]tftypes.Value{})
	case tftypes.Object:
		fields := map[string]tftypes.Value{}
		for field, each := range of.AttributeTypes {
			fields[field] = valueFor(resource, called, field, each)
		}
		return tftypes.NewValue(of, fields)
	}
	switch {
	case kind.Is(tftypes.String):
		return tftypes.NewValue(kind, textFor(resource, called, name))
	case kind.Is(tftypes.Number):
		return tftypes.NewValue(kind, 1)
	case kind.Is(tftypes.Bool):
		return tftypes.NewValue(kind, true)
	}
	return tftypes.NewValue(kind, nil)
}

func textFor(resource, called, name string) string {
	parts := strings.SplitN(resource, "_", 3) // aws_iam_role
	switch {
	case strings.HasSuffix(name, "address"):
		return "192.0.2.10"
	case name == "partition":
		return "aws"
	case name == "region":
		return "eu-west-1"
	case name == "number", name == "account_id":
		return account
	case name == "arn" && parts[1] == "iam":
		return "arn:aws:iam::" + account + ":" + parts[2] + "/" + called
	case name == "arn" && len(parts) == 3:
		return "arn:aws:" + parts[1] + ":eu-west-1:" + account + ":" + parts[2] + "/" + called
	}
	return resource + "." + name
}

// randomResult is the text that `random_password` makes, of the characters that it is asked for.
func randomResult(resource string, schema *tfprotov5.Schema, planned *tfprotov5.DynamicValue) (string, error) {
	if resource != "random_password" {
		return "", nil
	}
	value, err := planned.Unmarshal(schema.ValueType())
	if err != nil || value.IsNull() {
		return "", err
	}
	asked := map[string]tftypes.Value{}
	if err := value.As(&asked); err != nil {
		return "", err
	}
	characters := ""
	for name, each := range map[string]string{
		"lower":   "abcdefghijklmnopqrstuvwxyz",
		"upper":   "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
		"numeric": "0123456789",
		"special": "!@#$%&*()-_=+[]{}<>:?",
	} {
		wanted, special := true, ""
		if value := asked[name]; !value.IsNull() {
			if err := value.As(&wanted); err != nil {
				return "", err
			}
		}
		if value := asked["override_special"]; name == "special" && value.IsKnown() && !value.IsNull() {
			if err := value.As(&special); err != nil {
				return "", err
			}
			each = special
		}
		if wanted {
			characters += each
		}
	}
	var length big.Float
	if err := asked["length"].As(&length); err != nil {
		return "", err
	}
	count, _ := length.Int64()
	text := make([]byte, count)
	for at := range text {
		index, err := rand.Int(rand.Reader, big.NewInt(int64(len(characters))))
		if err != nil {
			return "", err
		}
		text[at] = characters[index.Int64()]
	}
	return string(text), nil
}

package sarnakh_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"testing"
)

// checkExported looks for the name gorm in the exported declarations of a file.
func checkExported(t *testing.T, path string) {
	f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, decl := range f.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			if d.Name.IsExported() && !hidden(d.Recv) && namesGORM(d.Type) {
				t.Errorf("%s: %s names gorm", path, d.Name.Name)
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				if typ, ok := spec.(*ast.TypeSpec); ok && typ.Name.IsExported() && exportedFieldNamesGORM(typ.Type) {
					t.Errorf("%s: %s names gorm", path, typ.Name.Name)
				}
			}
		}
	}
}

// hidden tells a method of a type that nobody outside can name.
func hidden(receiver *ast.FieldList) bool {
	if receiver == nil || len(receiver.List) == 0 {
		return false
	}
	typ := receiver.List[0].Type
	if star, ok := typ.(*ast.StarExpr); ok {
		typ = star.X
	}
	id, ok := typ.(*ast.Ident)
	return ok && !id.IsExported()
}

func exportedFieldNamesGORM(typ ast.Expr) bool {
	s, ok := typ.(*ast.StructType)
	if !ok {
		return namesGORM(typ)
	}
	for _, field := range s.Fields.List {
		for _, name := range field.Names {
			if name.IsExported() && namesGORM(field.Type) {
				return true
			}
		}
	}
	return false
}

func namesGORM(n ast.Node) (found bool) {
	ast.Inspect(n, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := sel.X.(*ast.Ident); ok && (x.Name == "gorm" || x.Name == "clause" || x.Name == "schema") {
				found = true
			}
		}
		return !found
	})
	return found
}

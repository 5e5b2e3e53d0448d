package i18n

import "slices"

var industries = []string{
	"software", "telecom", "ecommerce", "retail", "marketing", "media", "consulting", "legal",
	"education", "health", "finance", "insurance", "manufacturing", "automotive", "textile", "food",
	"agriculture", "construction", "realestate", "energy", "mining", "transport", "logistics",
	"tourism", "government", "nonprofit", "other",
}

var companySizes = []string{"1", "2-10", "11-50", "51-200", "201-500", "501-1000", "1001+"}

// Industries are the stored keys of the industries a form offers; their labels are "industry.<key>".
func Industries() []string { return slices.Clone(industries) }

// CompanySizes are the stored keys of company sizes by people, smallest first; their labels are
// "company_size.<key>".
func CompanySizes() []string { return slices.Clone(companySizes) }

package leads

import "sarnakh/models"

// Words are those by which a lead is found, for a database that is filled without its forms.
func (l *Leads) Words(lead *models.Lead) []string { return searchWords(lead) }

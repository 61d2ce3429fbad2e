"""The copy that goes out: asked for, burned and proved by a worker, checked by a second person, joined to the reply."""

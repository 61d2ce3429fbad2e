"""The room (遮盖审查室): pages of a document, the marks on them, the copy that goes out."""

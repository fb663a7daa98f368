"""From a document's words to the HTML and stylesheet of each target."""

"""The shape of what people send: typed values out, clear sentences for what does not fit. No queries."""

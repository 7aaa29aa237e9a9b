"""Reports: values in, a title and blocks out; rendering is in `render`."""

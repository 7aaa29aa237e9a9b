// Goes on to the study after a link that stood in another page: the cookie is sent with steps of our own only.
location.replace("/");

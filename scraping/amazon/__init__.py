"""Reading Amazon: addresses, kinds of pages, offers, search tiles. Pure: no Django, no I/O."""

"""What is known of libraries: data only. These modules import nothing."""

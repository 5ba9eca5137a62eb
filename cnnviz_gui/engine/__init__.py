"""How things are computed: Keras and TensorFlow, without Qt."""
